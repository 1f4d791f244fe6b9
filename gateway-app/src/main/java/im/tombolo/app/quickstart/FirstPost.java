package im.tombolo.app.quickstart;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/**
 * Publishes a post to romeo's blog as any XMPP client would (XEP-0277), and makes the blog open.
 */
final class FirstPost {
  static final String TEXT = "Hello fediverse, this is romeo on XMPP.";
  private static final String POST_ID = "first-post";

  private FirstPost() {}

  /**
   * @throws IllegalStateException when the XMPP server does not take it
   */
  static void publish(Place place) {
    try {
      XMPPTCPConnectionConfiguration account =
          XMPPTCPConnectionConfiguration.builder()
              .setHost("127.0.0.1")
              .setPort(place.clients())
              .setXmppDomain(Place.DOMAIN)
              .setUsernameAndPassword("romeo", Place.PASSWORD)
              .setResource("quickstart")
              .setSecurityMode(SecurityMode.disabled)
              .setSendPresence(false)
              .build();
      XMPPTCPConnection connection = new XMPPTCPConnection(account);
      try {
        connection.connect().login();
        connection.sendIqRequestAndWaitForResponse(new Publication());
      } finally {
        connection.disconnect();
      }
    } catch (IOException | SmackException | XMPPException failed) {
      throw new IllegalStateException("romeo cannot publish: " + failed.getMessage(), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
  }

  private static final class Publication extends IQ {
    Publication() throws XmppStringprepException {
      super("pubsub", "http://jabber.org/protocol/pubsub");
      setType(Type.set);
      setTo(JidCreate.entityBareFrom("romeo@" + Place.DOMAIN));
    }

    @Override
    protected IQChildElementXmlStringBuilder getIQChildElementBuilder(
        IQChildElementXmlStringBuilder xml) {
      xml.rightAngleBracket();
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      // By its full name: Smack's IQ has a TEXT of its own.
      String items =
          """
          <publish node='urn:xmpp:microblog:0'><item id='%1$s'>\
          <entry xmlns='http://www.w3.org/2005/Atom'>\
          <title>%2$s</title><id>%1$s</id><published>%3$s</published><updated>%3$s</updated>\
          <category term='tombolo'/></entry></item></publish>\
          <publish-options><x xmlns='jabber:x:data' type='submit'>\
          <field var='FORM_TYPE' type='hidden'>\
          <value>http://jabber.org/protocol/pubsub#publish-options</value></field>\
          <field var='pubsub#access_model'><value>open</value></field>\
          </x></publish-options>\
          """
              .formatted(POST_ID, FirstPost.TEXT, now);
      xml.append(items);
      return xml;
    }
  }
}
