package im.tombolo.core.activity;

import im.tombolo.core.address.Handle;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Image;
import im.tombolo.core.model.Profile;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.text.DisplayName;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.RichText;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Reads actor documents. */
public final class ActorReader {
  private static final int MAX_NAME = 256;
  private static final int MAX_FIELD = 500;
  private static final int ISO_DATE = 10;
  // The end of each of its addresses, at the RFC editor and at the datatracker.
  private static final String RFC_9421 = "rfc9421";

  private ActorReader() {}

  /** The actor; its handle is what it claims for itself, WebFinger has to confirm it. */
  public static Reading<RemoteActor> read(String json, Instant fetchedAt) {
    return switch (Json.read(json)) {
      case Reading.Of<ObjectNode>(ObjectNode object) ->
          Json.orRefused(actor(object, fetchedAt), "not an actor with id and inbox");
      case Reading.Refused<ObjectNode>(String reason) -> Reading.refused(reason);
    };
  }

  private static Optional<RemoteActor> actor(ObjectNode object, Instant fetchedAt) {
    Optional<URI> id = Json.id(object);
    Optional<ActorKind> kind = kind(object);
    Optional<URI> inbox = here(object, "inbox", id);
    Optional<Handle> handle = id.flatMap(actor -> handle(object, actor));
    if (id.isEmpty() || kind.isEmpty() || inbox.isEmpty() || handle.isEmpty()) {
      return Optional.empty();
    }
    RemoteActor.Endpoints endpoints =
        new RemoteActor.Endpoints(
            inbox.get(),
            Json.objects(object, "endpoints").stream()
                .flatMap(e -> Json.ref(e, "sharedInbox").stream())
                .findFirst()
                .or(() -> Json.ref(object, "sharedInbox"))
                .filter(shared -> Json.sameOrigin(shared, id.get())),
            here(object, "outbox", id),
            here(object, "followers", id),
            here(object, "following", id));
    return Optional.of(
        new RemoteActor(
            id.get(),
            handle.get(),
            kind.get(),
            profile(object, id.get()),
            endpoints,
            keys(object, id.get()),
            fetchedAt,
            WishReader.read(object)));
  }

  /** Whether the software behind an actor says that it reads signatures by RFC 9421 (FEP-844e). */
  public static boolean readsRfc9421(String json) {
    return json.contains(RFC_9421)
        && Json.read(json).value().stream()
            .flatMap(object ->
                Stream.concat(Stream.of(object), Json.objects(object, "generator").stream()))
            .flatMap(application -> Json.values(application, "implements").stream())
            .flatMap(feature -> Json.link(feature).or(() -> Json.id(feature)).stream())
            .anyMatch(feature -> feature.toString().endsWith(RFC_9421));
  }

  private static Optional<URI> here(ObjectNode object, String property, Optional<URI> id) {
    return Json.ref(object, property)
        .filter(uri -> id.isPresent() && Json.sameOrigin(uri, id.get()));
  }

  private static Optional<ActorKind> kind(ObjectNode object) {
    return switch (Json.type(object)) {
      case "Person" -> Optional.of(ActorKind.PERSON);
      case "Group" -> Optional.of(ActorKind.GROUP);
      case "Service", "Application" -> Optional.of(ActorKind.SERVICE);
      case "Organization" -> Optional.of(ActorKind.ORGANIZATION);
      default -> Optional.empty();
    };
  }

  /** FEP-2c59 first; a bare actor without any name is called by its host. */
  private static Optional<Handle> handle(ObjectNode object, URI id) {
    return Json.text(object, "webfinger")
        .flatMap(Handle::parse)
        .or(() ->
            Json.text(object, "preferredUsername")
                .flatMap(name -> Handle.parse(name + "@" + id.getAuthority())))
        .or(() -> Handle.parse(id.getHost() + "@" + id.getAuthority()));
  }

  private static Profile profile(ObjectNode object, URI id) {
    String name = Json.text(object, "name").map(String::strip).orElse("");
    RichText bio =
        Json.text(object, "summary")
            .map(html -> Html.clean(html, Optional.of(id)))
            .orElse(RichText.EMPTY);
    Optional<Image> avatar = image(object, "icon");
    Optional<URI> page =
        Json.values(object, "url").stream().flatMap(url -> Json.link(url).stream()).findFirst();
    return new Profile(
        DisplayName.of(name, MAX_NAME),
        bio,
        avatar,
        page,
        image(object, "image"),
        fields(object, id),
        birthday(object));
  }

  /** Mastodon's table beside the bio; values are HTML. */
  private static List<Profile.Field> fields(ObjectNode object, URI id) {
    return Json.objects(object, "attachment").stream()
        .filter(field -> Json.isType(field, "PropertyValue"))
        .limit(Profile.MAX_FIELDS)
        .flatMap(field -> field(field, id).stream())
        .toList();
  }

  private static Optional<Profile.Field> field(ObjectNode field, URI id) {
    String name = Json.text(field, "name").map(String::strip).orElse("");
    String value =
        Json.text(field, "value")
            .map(html -> Html.clean(html, Optional.of(id)).toPlainText().strip())
            .orElse("");
    return name.isEmpty() || value.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Profile.Field(DisplayName.of(name, MAX_NAME), Excerpt.of(value, MAX_FIELD)));
  }

  /** Misskey. */
  private static Optional<LocalDate> birthday(ObjectNode object) {
    return Json.text(object, "vcard:bday")
        .filter(date -> date.length() == ISO_DATE)
        .flatMap(date -> {
          try {
            return Optional.of(LocalDate.parse(date));
          } catch (DateTimeParseException noDate) {
            return Optional.empty();
          }
        });
  }

  private static Optional<Image> image(ObjectNode object, String property) {
    return Json.values(object, property).stream()
        .flatMap(image ->
            Json.link(image).stream().map(href -> new Image(href, Json.text(image, "mediaType"))))
        .findFirst();
  }

  private static List<RemoteActor.PublicKey> keys(ObjectNode object, URI id) {
    return KeyReader.listed(object)
        .filter(key -> key.owner().equals(id))
        .map(key -> new RemoteActor.PublicKey(key.id(), key.pem()))
        .toList();
  }
}
