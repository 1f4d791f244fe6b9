package im.tombolo.xmpp;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.Node;
import im.tombolo.xmpp.service.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes IQs: sensible ones, and such with some change that nobody would think of. */
final class QuestionMaker {
  private static final List<String> FROM =
      List.of(
          "juliet@example.org/balcony",
          "juliet@example.org",
          "romeo@example.org/orchard",
          "eve@evil.example/x",
          "example.org",
          "a b@example.org",
          "@");
  private static final List<String> TO =
      List.of(
          "ada\\40social.example@ap.example.org",
          "ada\\40social.example@ap.example.org",
          "ada\\40social.example@ap.example.org/client",
          "ADA\\40Social.Example@AP.example.org",
          "ada%social.example@ap.example.org",
          "ada%5C40social.example@ap.example.org",
          "silent\\40social.example@ap.example.org",
          "nobody\\40social.example@ap.example.org",
          "plain@ap.example.org",
          "x\\40y\\40z@ap.example.org",
          "ap.example.org",
          "a b@ap.example.org");
  private static final List<String> NODES =
      List.of(
          "urn:xmpp:microblog:0",
          "urn:xmpp:microblog:0",
          "urn%3Axmpp%3Amicroblog%3A0",
          "URN:XMPP:MICROBLOG:0",
          Namespaces.COMMENTS + Stage.item("ada", 1),
          Namespaces.COMMENTS + "none",
          "urn:xmpp:pps:subscriptions:0",
          "urn:xmpp:pps:subscribers:0/urn:xmpp:microblog:0",
          "urn:xmpp:pubsub:subscription",
          "urn:xmpp:vcard4",
          "urn:xmpp:avatar:metadata",
          "urn:xmpp:avatar:data",
          "urn:xmpp:movim-banner:0",
          "http://jabber.org/protocol/nick",
          "http://jabber.org/protocol/commands",
          "urn:xmpp:pubsub-attachments:1/xmpp:ada%5C40social.example@ap.example.org?;node=x;item=y",
          "eu.siacs.conversations.axolotl.devicelist",
          "",
          "%",
          "no-such");
  private static final List<String> WORDS =
      List.of(
          "",
          "0",
          "1",
          "2",
          "-1",
          "x",
          "true",
          "99999999999999999999",
          "current",
          "no-such",
          "d:no-such",
          Stage.item("ada", 1),
          "d:" + Stage.item("ada", 2),
          "juliet@example.org",
          "ada@social.example",
          "%%%",
          "<&>'\"",
          "\u00e9\ud83d\ude00",
          "a".repeat(3000),
          "\\",
          "' or 1=1 --");
  private static final List<String> NAMES =
      List.of("items", "item", "pubsub", "query", "set", "max", "before", "x", "command", "vCard");
  private static final List<String> NAMESPACES =
      List.of(
          Namespaces.PUBSUB,
          Namespaces.PUBSUB_OWNER,
          Namespaces.DISCO_INFO,
          Namespaces.DISCO_ITEMS,
          Namespaces.RSM,
          Namespaces.COMMANDS,
          Namespaces.REGISTER,
          Namespaces.GATEWAY,
          Namespaces.VCARD_TEMP,
          Namespaces.JABBER_CLIENT,
          "jabber:iq:version",
          "urn:example");
  private static final List<String> PAYLOADS =
      List.of(
          "<pubsub xmlns='PUBSUB'><items node='NODE'/></pubsub>",
          "<pubsub xmlns='PUBSUB'><items node='NODE' max_items='WORD'/></pubsub>",
          "<pubsub xmlns='PUBSUB'><items node='NODE'><item id='WORD'/></items></pubsub>",
          "<pubsub xmlns='PUBSUB'><items node='NODE'/><set xmlns='http://jabber.org/protocol/rsm'><max>WORD</max></set></pubsub>",
          "<pubsub xmlns='PUBSUB'><items node='NODE'/><set xmlns='http://jabber.org/protocol/rsm'><max>2</max><before>WORD</before></set></pubsub>",
          "<pubsub xmlns='PUBSUB'><items node='NODE'/><set xmlns='http://jabber.org/protocol/rsm'><max>1</max><after>WORD</after></set><order xmlns='urn:xmpp:order-by:1' by='creation' desc='WORD'/></pubsub>",
          "<pubsub xmlns='PUBSUB'><items node='NODE'/><set xmlns='http://jabber.org/protocol/rsm'><index>WORD</index></set></pubsub>",
          "<pubsub xmlns='PUBSUB'><subscribe node='NODE' jid='juliet@example.org'/></pubsub>",
          "<pubsub xmlns='PUBSUB'><unsubscribe node='NODE' jid='juliet@example.org'/></pubsub>",
          "<pubsub xmlns='PUBSUB'><subscriptions node='NODE'/></pubsub>",
          "<pubsub xmlns='PUBSUB'><affiliations/></pubsub>",
          "<pubsub xmlns='PUBSUB'><options node='NODE' jid='juliet@example.org'><x xmlns='jabber:x:data' type='submit'><field var='{urn:xmpp:pps:0}public'><value>WORD</value></field></x></options></pubsub>",
          "<pubsub xmlns='PUBSUB'><default node='NODE'/></pubsub>",
          "<pubsub xmlns='PUBSUB'><create node='NODE'/><configure/></pubsub>",
          "<pubsub xmlns='PUBSUB'><publish node='NODE'><item id='WORD'><entry xmlns='http://www.w3.org/2005/Atom'><title>WORD</title></entry></item></publish></pubsub>",
          "<pubsub xmlns='PUBSUB'><retract node='NODE'><item id='WORD'/></retract></pubsub>",
          "<pubsub xmlns='PUBSUB#owner'><configure node='NODE'/></pubsub>",
          "<query xmlns='http://jabber.org/protocol/disco#info' node='NODE'/>",
          "<query xmlns='http://jabber.org/protocol/disco#info'/>",
          "<query xmlns='http://jabber.org/protocol/disco#items' node='NODE'/>",
          "<query xmlns='http://jabber.org/protocol/disco#items'/>",
          "<query xmlns='jabber:iq:gateway'><prompt>WORD</prompt></query>",
          "<query xmlns='jabber:iq:register'/>",
          "<vCard xmlns='vcard-temp'/>",
          "<ping xmlns='urn:xmpp:ping'/>",
          "<query xmlns='jabber:iq:version'/>",
          "<command xmlns='http://jabber.org/protocol/commands' node='WORD' action='execute'/>",
          "<command xmlns='http://jabber.org/protocol/commands' node='find' action='complete'><x xmlns='jabber:x:data' type='submit'><field var='address'><value>WORD</value></field></x></command>");

  private final RandomGenerator random;

  QuestionMaker(RandomGenerator random) {
    this.random = random;
  }

  /** An IQ without an id. */
  Element iq() {
    Element payload =
        Stage.xml(
            one(PAYLOADS)
                .replace("PUBSUB", Namespaces.PUBSUB)
                .replace("NODE", escaped(one(NODES)))
                .replace("WORD", escaped(one(WORDS))));
    int changes = random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      payload = changed(payload);
    }
    Element.Builder iq =
        Element.of("iq", Namespaces.JABBER_CLIENT)
            .attribute("type", type())
            .attribute("from", one(FROM))
            .attribute("to", one(TO));
    switch (random.nextInt(20)) {
      case 0 -> {}
      case 1 -> iq.child(payload).child(payload);
      case 2 -> iq.text(one(WORDS)).child(payload);
      default -> iq.child(payload);
    }
    return iq.build();
  }

  private String type() {
    return switch (random.nextInt(12)) {
      case 0 -> "result";
      case 1 -> "error";
      case 2 -> one(WORDS);
      case 3, 4, 5, 6 -> "set";
      default -> "get";
    };
  }

  /** The same with one change somewhere in it. */
  private Element changed(Element element) {
    List<Node> children = new ArrayList<>(element.children());
    int where = children.isEmpty() ? -1 : random.nextInt(children.size());
    if (where >= 0 && random.nextInt(3) > 0 && children.get(where) instanceof Element below) {
      children.set(where, changed(below));
      return copy(element, element.name(), element.namespace(), children);
    }
    switch (random.nextInt(7)) {
      case 0 -> {
        return copy(element, one(NAMES), element.namespace(), children);
      }
      case 1 -> {
        return copy(element, element.name(), one(NAMESPACES), children);
      }
      case 2 -> {
        if (where >= 0) {
          children.remove(where);
        }
      }
      case 3 -> {
        if (where >= 0) {
          children.add(children.get(where));
        }
      }
      case 4 -> children.add(Element.of(one(NAMES), one(NAMESPACES)).text(one(WORDS)).build());
      case 5 -> {
        return deep(element, random.nextInt(40));
      }
      default -> {
        Element.Builder other = Element.of(element.name(), element.namespace());
        for (Map.Entry<String, String> attribute : element.attributes().entrySet()) {
          if (random.nextBoolean()) {
            other.attribute(attribute.getKey(), one(WORDS));
          }
        }
        return other.attribute(one(NAMES), one(WORDS)).children(children).build();
      }
    }
    return copy(element, element.name(), element.namespace(), children);
  }

  private static Element deep(Element element, int levels) {
    Element deep = element;
    for (int i = 0; i < levels; i++) {
      deep = Element.of(element.name(), element.namespace()).child(deep).build();
    }
    return deep;
  }

  private static Element copy(Element of, String name, String namespace, List<Node> children) {
    Element.Builder copy = Element.of(name, namespace);
    of.attributes().forEach(copy::attribute);
    return copy.children(children).build();
  }

  private String one(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
  }
}
