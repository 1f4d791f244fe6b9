package im.tombolo.xmpp.service;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ada with three posts, the first of them with two comments, a picture, two whom she follows and
 * one who follows her; and her answers in few words.
 */
final class ConformanceStage {
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJ"
                  + "RU5ErkJggg==");

  /** The picture's SHA-1. */
  static final String FACE = "c7a9c45fd419815a5ab1998503a9f03514c0e229";

  private static final Map<String, String> NAMES = names();

  private final Stage stage = new Stage();

  ConformanceStage() {
    for (String name : List.of("bob", "carl", "dora")) {
      stage.peers.add(name, 0);
    }
    stage.peers.add("ada", 3);
    stage.peers.picture("ada", PNG);
    stage.peers.lists("ada", "following", "dora", "bob");
    stage.peers.lists("ada", "followers", "carl");
    stage.peers.silent("silent");
    comment(Stage.JULIET, "c1");
    comment(Jid.of("romeo@example.org/x"), "c2");
    ask(
        ConformanceNode.ATTACHMENTS,
        Stage.JULIET,
        true,
        "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish NODE><item id='AN-ITEM'>"
            + "<attachments xmlns='urn:xmpp:pubsub-attachments:1'><noticed/></attachments>"
            + "</item></publish></pubsub>");
  }

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 1; i <= 3; i++) {
      names.put(Stage.item("ada", i), "post" + i);
    }
    for (String name : List.of("bob", "carl", "dora")) {
      names.put(Ids.itemId(FakePeers.id(name)), name);
    }
    names.put(FACE, "face");
    names.put(Stage.jid("ada"), "ADA");
    return names;
  }

  private void comment(Jid from, String id) {
    stage.ask(
        from,
        Stage.jid("ada"),
        true,
        ("<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='%s'><item id='%s'>"
                + "<entry xmlns='http://www.w3.org/2005/Atom'><title>%s</title>"
                + "<updated>2026-01-02T09:00:0%sZ</updated></entry></item></publish></pubsub>")
            .formatted(Namespaces.COMMENTS + Stage.item("ada", 1), id, id, id.charAt(1)));
  }

  String ask(ConformanceNode node, Jid from, boolean set, String payload) {
    return switch (stage.ask(from, node.jid(), set, node.filled(payload))) {
      case IqReply.Result(Optional<Element> answer) ->
          answer.map(found -> said(node, found)).orElse("done");
      case IqReply.Refused refused -> Stage.words(refused);
    };
  }

  private static String said(ConformanceNode node, Element answer) {
    String said = say(node, answer);
    for (Map.Entry<String, String> name : NAMES.entrySet()) {
      said = said.replace(name.getKey(), name.getValue());
    }
    return said;
  }

  private static String say(ConformanceNode node, Element element) {
    if (element.is("item", Namespaces.PUBSUB)) {
      return element.attributeOr("id", "?")
          + element.elements().stream().map(payload -> ":" + payload.name()).findFirst().orElse("");
    }
    if (element.is("set", Namespaces.RSM)) {
      return page(element);
    }
    if (element.is("field", Namespaces.DATA_FORMS)) {
      return element.attributeOr("var", "?")
          + "="
          + element.elements().stream().map(Element::text).collect(Collectors.joining(","));
    }
    if (element.is("feature", Namespaces.DISCO_INFO)) {
      return element.attributeOr("var", "?");
    }
    String attributes =
        element.attributes().entrySet().stream()
            .map(one ->
                one.getKey().equals("node") && one.getValue().equals(node.node())
                    ? " NODE"
                    : " " + one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining());
    String inside =
        element.elements().isEmpty()
            ? element.text()
            : element.elements().stream()
                .map(child -> say(node, child))
                .collect(Collectors.joining(" "));
    return element.name() + attributes + (inside.isEmpty() ? "" : "(" + inside + ")");
  }

  /** First, where it stands, last, and how many there are. */
  private static String page(Element set) {
    Optional<Element> first = set.child("first", Namespaces.RSM);
    String ends =
        first
            .map(one ->
                one.text()
                    + one.attribute("index").map(index -> "@" + index).orElse("")
                    + ".."
                    + set.child("last", Namespaces.RSM).orElseThrow().text())
            .orElse("");
    return Stream.of("[" + ends, "of", set.child("count", Namespaces.RSM).orElseThrow().text())
            .collect(Collectors.joining(" "))
        + "]";
  }
}
