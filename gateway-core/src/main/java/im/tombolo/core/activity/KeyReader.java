package im.tombolo.core.activity;

import im.tombolo.core.model.Reading;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Finds a key in the document at its id: an actor that lists it, or the key by itself. */
public final class KeyReader {
  private KeyReader() {}

  public static Reading<OwnedKey> read(String json, URI keyId) {
    return switch (Json.read(json)) {
      case Reading.Of<ObjectNode>(ObjectNode object) ->
          Json.orRefused(key(object, keyId), "no such key in the document");
      case Reading.Refused<ObjectNode>(String reason) -> Reading.refused(reason);
    };
  }

  private static Optional<OwnedKey> key(ObjectNode object, URI keyId) {
    return Stream.concat(Json.objects(object, "publicKey").stream(), Stream.of(object))
        .filter(key -> Json.id(key).filter(keyId::equals).isPresent())
        .flatMap(key ->
            Json.ref(key, "owner").stream()
                .flatMap(owner ->
                    Json.text(key, "publicKeyPem").stream()
                        .map(pem -> new OwnedKey(keyId, owner, pem))))
        .findFirst();
  }
}
