package im.tombolo.core.bridge;

import im.tombolo.core.activity.DirectNoteWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.ChatMessage.Header;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.DirectMessage;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Messages.Waiting;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts what is said to people of the fediverse into the outbox, and keeps who wants to know how
 * that ends. Works inside the caller's transaction.
 */
final class MessageSending {
  private final GatewayUrls urls;
  private final BridgeSettings settings;
  private final DirectNoteWriter writer;

  MessageSending(BridgeSettings settings) {
    this.urls = settings.urls();
    this.settings = settings;
    this.writer = new DirectNoteWriter(urls);
  }

  void create(
      Session session,
      DirectMessage message,
      Content content,
      Correspondents.Circle circle,
      Header header) {
    send(
        session,
        message,
        writer.create(message, mentioning(session, message, content)),
        circle,
        header);
  }

  void update(
      Session session,
      DirectMessage message,
      Content content,
      Correspondents.Circle circle,
      Header header) {
    send(
        session,
        message,
        writer.update(message, mentioning(session, message, content)),
        circle,
        header);
  }

  void delete(Session session, DirectMessage message, Correspondents.Circle circle, Header header) {
    send(session, message, writer.delete(message), circle, header);
  }

  private Content mentioning(Session session, DirectMessage message, Content content) {
    List<Mention> mentions =
        message.people().stream()
            .sorted()
            .flatMap(actor -> mention(session, actor).stream())
            .toList();
    return content.toBuilder().mentions(mentions).build();
  }

  private Optional<Mention> mention(Session session, URI actor) {
    return urls.account(actor)
        .map(jid -> new Mention(actor, "@" + urls.handle(jid)))
        .or(() -> session.remoteActors().find(actor).map(References::mention));
  }

  /** To each inbox by itself: a shared one might hand it on to others. */
  private void send(
      Session session,
      DirectMessage message,
      Written activity,
      Correspondents.Circle circle,
      Header header) {
    Jid owner = message.owner();
    session
        .activities()
        .add(new Activities.Sent(activity.key(), owner, false, activity.json(), activity.turn()));
    for (URI person : message.people()) {
      session
          .remoteActors()
          .find(person)
          .ifPresent(actor -> {
            URI inbox = actor.endpoints().inbox();
            session.deliveries().add(activity.key(), inbox);
            session
                .messages()
                .await(
                    new Waiting(
                        activity.key(),
                        inbox,
                        circle.sender(),
                        address(circle, actor),
                        header.stanzaId(),
                        header.wantsReceipt()));
          });
    }
  }

  private Jid address(Correspondents.Circle circle, RemoteActor actor) {
    return circle.there().entrySet().stream()
        .filter(person -> person.getValue().id().equals(actor.id()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> settings.virtual().of(actor.handle()));
  }
}
