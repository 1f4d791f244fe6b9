package im.tombolo.xmpp.service;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/**
 * Ad-hoc commands (XEP-0050) of one stage: a form, and what comes of it. A session holds nothing,
 * so it needs no memory and never expires.
 */
final class Commands {
  private Commands() {}

  /** What a step of a command comes to. */
  sealed interface Step {
    /** A form to fill in. */
    record Ask(Element form) implements Step {}

    /** Done; a sentence for whoever asked. */
    record Done(String words) implements Step {}

    /**
     * Not done.
     *
     * @param mistake a sentence that says what is expected
     */
    record Again(String mistake) implements Step {}

    /** Not for them, or not there. */
    record Refused(IqReply reply) implements Step {}
  }

  /** Some commands of one of our JIDs. */
  interface Desk {
    /** Whether a node can be one of these commands. */
    boolean owns(String node);

    /** The commands that are offered, for disco#items. */
    List<Offer> offers(IqRequest request);

    /** The form of a command; empty when there is no such command. */
    Optional<Step> start(IqRequest request, String node);

    /** A form that was filled in; empty when there is no such command. */
    Optional<Step> submit(IqRequest request, String node, Element form);
  }

  record Offer(String node, String name) {}

  static IqReply answer(IqRequest request, Desk desk) {
    if (!request.set() || !request.payload().is("command", Namespaces.COMMANDS)) {
      return IqReply.refused(Condition.bad_request);
    }
    Element command = request.payload();
    String node = command.attributeOr("node", "");
    Optional<Element> form =
        command
            .child("x", Namespaces.DATA_FORMS)
            .filter(x -> x.attributeOr("type", "").equals("submit"));
    return switch (command.attributeOr("action", "execute")) {
      case "cancel" -> IqReply.of(command(command, "canceled").build());
      case "execute", "complete", "next" ->
          form.map(filled -> desk.submit(request, node, filled))
              .orElseGet(() -> desk.start(request, node))
              .map(step -> reply(command, step))
              .orElseGet(() -> IqReply.refused(Condition.item_not_found));
      default -> refused("bad-action");
    };
  }

  private static IqReply refused(String detail) {
    return new IqReply.Refused(
        Condition.bad_request, Optional.of(Element.of(detail, Namespaces.COMMANDS).build()));
  }

  private static IqReply reply(Element command, Step step) {
    return switch (step) {
      case Step.Ask(Element form) ->
          IqReply.of(
              command(command, "executing")
                  .child(
                      Element.of("actions", Namespaces.COMMANDS)
                          .attribute("execute", "complete")
                          .child(Element.of("complete", Namespaces.COMMANDS).build())
                          .build())
                  .child(form)
                  .build());
      case Step.Done(String words) ->
          IqReply.of(command(command, "completed").child(note("info", words)).build());
      case Step.Again(String mistake) ->
          IqReply.of(command(command, "completed").child(note("error", mistake)).build());
      case Step.Refused(IqReply reply) -> reply;
    };
  }

  private static Element note(String type, String words) {
    return Element.of("note", Namespaces.COMMANDS).attribute("type", type).text(words).build();
  }

  private static Element.Builder command(Element asked, String status) {
    return Element.of("command", Namespaces.COMMANDS)
        .attribute("node", asked.attribute("node"))
        .attribute("sessionid", asked.attributeOr("sessionid", "one-stage"))
        .attribute("status", status);
  }

  /** The list of commands, for disco#items of their node. */
  static IqReply list(IqRequest request, Desk desk) {
    Element.Builder query =
        Element.of("query", Namespaces.DISCO_ITEMS).attribute("node", Namespaces.COMMANDS);
    for (Offer offer : desk.offers(request)) {
      query.child(
          Element.of("item", Namespaces.DISCO_ITEMS)
              .attribute("jid", request.to().bare().toString())
              .attribute("node", offer.node())
              .attribute("name", offer.name())
              .build());
    }
    return IqReply.of(query.build());
  }

  /** What a command is, for disco#info of its node; empty when there is no such command. */
  static Optional<IqReply> info(IqRequest request, Desk desk, String node) {
    if (node.equals(Namespaces.COMMANDS)) {
      return Optional.of(IqReply.of(info(node, "command-list", "Commands")));
    }
    return Optional.of(node).filter(desk::owns).stream()
        .flatMap(owned -> desk.offers(request).stream())
        .filter(offer -> offer.node().equals(node))
        .findFirst()
        .map(offer -> IqReply.of(info(node, "command-node", offer.name())));
  }

  private static Element info(String node, String type, String name) {
    return Element.of("query", Namespaces.DISCO_INFO)
        .attribute("node", node)
        .child(
            Element.of("identity", Namespaces.DISCO_INFO)
                .attribute("category", "automation")
                .attribute("type", type)
                .attribute("name", name)
                .build())
        .child(
            Element.of("feature", Namespaces.DISCO_INFO)
                .attribute("var", Namespaces.COMMANDS)
                .build())
        .child(
            Element.of("feature", Namespaces.DISCO_INFO)
                .attribute("var", Namespaces.DATA_FORMS)
                .build())
        .build();
  }
}
