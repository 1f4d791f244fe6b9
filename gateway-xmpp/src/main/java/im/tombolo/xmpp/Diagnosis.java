package im.tombolo.xmpp;

import im.tombolo.core.text.Excerpt;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.jivesoftware.smack.packet.StreamError;

/** What is wrong with the link, in one line for the person who set it up. */
final class Diagnosis {
  private static final int MAX_WORDS = 200;

  private final LinkSettings settings;

  Diagnosis(LinkSettings settings) {
    this.settings = settings;
  }

  StreamEndedException of(IOException problem) {
    String place = settings.host() + ":" + settings.port();
    return new StreamEndedException(
        switch (problem) {
          case UnknownHostException unknown ->
              "no address is known for " + settings.host() + "; correct xmpp.host";
          case ConnectException refused ->
              "nothing listens at "
                  + place
                  + "; start the XMPP server, or correct xmpp.host and xmpp.port";
          case SocketTimeoutException silent ->
              place + " does not answer like a component port; correct xmpp.host and xmpp.port";
          case NoRouteToHostException unreachable ->
              "no way leads to " + place + "; look at the network, or correct xmpp.host";
          case NotXmppException odd ->
              "what comes from "
                  + place
                  + " cannot be read ("
                  + odd.getMessage()
                  + "); the gateway connects again";
          default ->
              "the connection to "
                  + place
                  + " broke ("
                  + problem.getMessage()
                  + "); the gateway connects again";
        });
  }

  StreamEndedException notAComponentPort() {
    return new StreamEndedException(
        "port "
            + settings.port()
            + " of "
            + settings.host()
            + " is not for components (it may be the clients' port); set xmpp.port to the"
            + " server's component port");
  }

  StreamEndedException closed() {
    return new StreamEndedException(
        "the XMPP server closed the connection; the gateway connects again");
  }

  StreamEndedException silent() {
    return new StreamEndedException(
        "the XMPP server at "
            + settings.host()
            + ":"
            + settings.port()
            + " does not answer pings; the gateway connects again; is the server overloaded?");
  }

  StreamEndedException closedBeforeHandshake() {
    return new StreamEndedException(
        "the XMPP server closed the connection without a reason; is "
            + settings.component()
            + " set up there as a component?");
  }

  /** By the stream error's condition (RFC 6120 §4.9.3). */
  StreamEndedException of(Element error) {
    return new StreamEndedException(
        switch (condition(error)) {
          case not_authorized -> "the XMPP server refuses the secret; correct xmpp.secret";
          case host_unknown, host_gone ->
              "the XMPP server does not know "
                  + settings.component()
                  + " as a component; add it there, or correct xmpp.component";
          case conflict ->
              "another component is connected as "
                  + settings.component()
                  + "; is a second gateway running?";
          case invalid_namespace -> notAComponentPort().diagnosis();
          case system_shutdown, reset ->
              "the XMPP server is shutting down; the gateway connects again when it is back";
          case not_well_formed, bad_format, invalid_xml, unsupported_encoding ->
              "the XMPP server could not read what we sent"
                  + text(error)
                  + "; the gateway connects again; please report it";
          case policy_violation, resource_constraint ->
              "the XMPP server does not let so much pass"
                  + text(error)
                  + "; raise its limits for components; the gateway connects again";
          case StreamError.Condition other ->
              "the XMPP server ended the stream: "
                  + other
                  + text(error)
                  + "; the gateway connects again";
        });
  }

  static StreamError.Condition condition(Element error) {
    for (Element child : error.elements()) {
      if (child.namespace().equals(Namespaces.STREAM_ERRORS) && !child.name().equals("text")) {
        try {
          return StreamError.Condition.fromString(child.name());
        } catch (IllegalStateException | IllegalArgumentException notInTheList) {
          return StreamError.Condition.undefined_condition;
        }
      }
    }
    return StreamError.Condition.undefined_condition;
  }

  /** In the server's own words, as far as they fit on a line. */
  private static String text(Element error) {
    return error
        .child("text", Namespaces.STREAM_ERRORS)
        .map(text -> text.text().strip().replaceAll("[\\s\\p{Cntrl}]+", " "))
        .filter(words -> !words.isEmpty())
        .map(words -> " (" + Excerpt.of(words, MAX_WORDS) + ")")
        .orElse("");
  }
}
