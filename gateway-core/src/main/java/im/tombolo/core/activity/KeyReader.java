package im.tombolo.core.activity;

import im.tombolo.core.model.Reading;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds a key in the document at its id: an actor that lists it, or the key by itself. An actor's
 * own id stands for its first key, as old PeerTube has it.
 */
public final class KeyReader {
  private static final int MAX_KEYS = 10;

  private KeyReader() {}

  public static Reading<OwnedKey> read(String json, URI keyId) {
    return switch (Json.read(json)) {
      case Reading.Of<ObjectNode>(ObjectNode object) ->
          Json.orRefused(key(object, keyId), "no such key in the document");
      case Reading.Refused<ObjectNode>(String reason) -> Reading.refused(reason);
    };
  }

  private static Optional<OwnedKey> key(ObjectNode object, URI keyId) {
    boolean isActors = object.has("publicKey") && Json.id(object).filter(keyId::equals).isPresent();
    return isActors
        ? listed(object)
            .filter(key -> key.owner().equals(keyId))
            .findFirst()
            .map(first -> new OwnedKey(keyId, keyId, first.pem()))
        : Stream.concat(listed(object), read(object).stream())
            .filter(key -> key.id().equals(keyId))
            .findFirst();
  }

  /** The keys in an actor's document: those for requests, and those for proofs (FEP-521a). */
  static Stream<OwnedKey> listed(ObjectNode actor) {
    return Stream.of("publicKey", "assertionMethod")
        .flatMap(property -> Json.objects(actor, property).stream().limit(MAX_KEYS))
        .flatMap(key -> read(key).stream());
  }

  private static Optional<OwnedKey> read(ObjectNode key) {
    Optional<URI> id = Json.id(key);
    Optional<URI> owner = Json.ref(key, "owner").or(() -> Json.ref(key, "controller"));
    Optional<String> pem =
        Json.text(key, "publicKeyPem")
            .or(() -> Json.text(key, "publicKeyMultibase").flatMap(Multikey::pem));
    return id.isPresent() && owner.isPresent() && pem.isPresent()
        ? Optional.of(new OwnedKey(id.get(), owner.get(), pem.get()))
        : Optional.empty();
  }
}
