package im.tombolo.core.bridge;

import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.ChatWriter;
import im.tombolo.core.atom.ChatWriter.Surroundings;
import im.tombolo.core.atom.PubsubEvents.Envelope;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.DirectMessage;
import im.tombolo.core.model.DirectMessage.Part;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.text.DirectText;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says messages of the fediverse to people here, as durably as every event: the text, and each file
 * after it. Works inside the caller's transaction.
 */
final class MessageTelling {
  private static final int MAX_FILES = 16;
  private static final int MAX_OTHERS = 20;

  private final BridgeSettings settings;
  private final MediaLinks media;

  MessageTelling(BridgeSettings settings) {
    this.settings = settings;
    this.media = new MediaLinks(settings.media());
  }

  /**
   * What a note says, as it is said here.
   *
   * @param text may be empty when there are files
   */
  record Said(String text, List<Attachment> files) {
    String digest() {
      return Ids.key(
          Stream.concat(Stream.of(text), files.stream().map(Attachment::href).map(URI::toString))
              .toArray(String[]::new));
    }
  }

  Said said(RemotePost post) {
    Content content = media.in(post.content());
    Set<String> called =
        content.mentions().stream()
            .filter(mention -> post.audience().people().contains(mention.target()))
            .map(Mention::name)
            .collect(Collectors.toSet());
    List<String> links =
        Stream.concat(
                content.links().stream().map(link -> link.href().toString()),
                content.quote().stream().map(quoted -> "RE: " + quoted))
            .toList();
    List<String> lines = new ArrayList<>();
    content.title().ifPresent(lines::add);
    lines.add(DirectText.withoutCall(content.body().toPlainText(), called));
    links.stream().filter(link -> !lines.getLast().contains(link)).forEach(lines::add);
    if (content.poll().isPresent()) {
      lines.add(post.page().orElse(post.id()).toString());
    }
    return new Said(
        DirectText.of(content.warning(), lines, post.page().orElse(post.id())),
        content.attachments().stream().limit(MAX_FILES).toList());
  }

  /** Their ids follow from what they are, so that an edit finds them again. */
  List<Part> parts(URI object, Jid reader, Said said) {
    Stream<Part> text =
        said.text().isEmpty() ? Stream.empty() : Stream.of(part(object, reader, Optional.empty()));
    return Stream.concat(
            text, said.files().stream().map(file -> part(object, reader, Optional.of(file.href()))))
        .distinct()
        .toList();
  }

  private static Part part(URI object, Jid reader, Optional<URI> file) {
    String id =
        Ids.key(
            "message", object.toString(), reader.toString(), file.map(URI::toString).orElse(""));
    return new Part(id, file);
  }

  void tell(Session session, DirectMessage message, RemotePost post, Said said) {
    Surroundings around = surroundings(session, message, post);
    message.parts().forEach(part -> tell(session, message, part, said, around));
  }

  private static void tell(
      Session session, DirectMessage message, Part part, Said said, Surroundings around) {
    Envelope envelope = envelope(message, part.stanzaId());
    Element stanza =
        part.file()
            .flatMap(
                href -> said.files().stream().filter(file -> file.href().equals(href)).findFirst())
            .map(file -> ChatWriter.file(envelope, file, around))
            .orElseGet(() -> ChatWriter.words(envelope, said.text(), around));
    add(session, envelope, stanza);
  }

  /** The text is corrected; files come and go. */
  void change(
      Session session, DirectMessage before, DirectMessage after, RemotePost post, Said said) {
    Surroundings around = surroundings(session, after, post);
    before.parts().stream()
        .filter(part -> !after.parts().contains(part))
        .forEach(part -> retract(session, after, part));
    for (Part part : after.parts()) {
      if (!before.parts().contains(part)) {
        tell(session, after, part, said, around);
      } else if (part.file().isEmpty()) {
        String id =
            Ids.key(
                "correction", part.stanzaId(), said.digest(), after.dates().updated().toString());
        Envelope envelope = envelope(after, id);
        add(
            session,
            envelope,
            ChatWriter.correction(envelope, part.stanzaId(), said.text(), around));
      }
    }
  }

  void retract(Session session, DirectMessage message, Part part) {
    String id = Ids.key("retraction", part.stanzaId(), message.dates().updated().toString());
    Envelope envelope = envelope(message, id);
    add(session, envelope, ChatWriter.retraction(envelope, part.stanzaId()));
  }

  private Surroundings surroundings(Session session, DirectMessage message, RemotePost post) {
    Optional<DirectMessage> answered =
        message
            .place()
            .parent()
            .flatMap(parent -> session.messages().find(message.owner(), parent))
            .filter(parent -> !parent.gone());
    return new Surroundings(
        message.place().thread(),
        answered.map(DirectMessage::stanzaId),
        answered
            .filter(DirectMessage::isIncoming)
            .map(parent -> parent.peer().address())
            .orElse(message.owner()),
        others(session, message, post));
  }

  private List<Jid> others(Session session, DirectMessage message, RemotePost post) {
    return message.people().stream()
        .sorted()
        .flatMap(actor -> jid(session, actor, post).stream())
        .filter(jid -> !jid.equals(message.owner()))
        .distinct()
        .limit(MAX_OTHERS)
        .toList();
  }

  /** Who is not known is called as the author calls them, if that is of their own server. */
  private Optional<Jid> jid(Session session, URI actor, RemotePost post) {
    Optional<Jid> here = settings.urls().account(actor);
    return here.or(() ->
        session
            .remoteActors()
            .find(actor)
            .map(known -> known.handle())
            .or(() ->
                post.content().mentions().stream()
                    .filter(mention -> mention.target().equals(actor))
                    .flatMap(mention -> Handle.parse(mention.name()).stream())
                    .filter(handle -> Objects.equals(handle.host(), actor.getAuthority()))
                    .findFirst())
            .map(settings.virtual()::of));
  }

  private static Envelope envelope(DirectMessage message, String id) {
    return new Envelope(message.peer().address(), message.owner(), id);
  }

  private static void add(Session session, Envelope envelope, Element stanza) {
    session.stanzas().add(envelope.id(), envelope.to(), XmlWriter.write(stanza));
  }
}
