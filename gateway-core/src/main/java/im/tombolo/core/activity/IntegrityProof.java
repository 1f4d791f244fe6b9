package im.tombolo.core.activity;

import im.tombolo.core.model.Reading;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The word of an actor inside a document, good whoever brings it (FEP-8b32, {@code
 * eddsa-jcs-2022}). Signatures of JSON-LD graphs beside it count for nothing.
 *
 * @param key id of the key it was made with
 * @param actor whose document it is in, by that document's word
 * @param signed what was signed; not changed after construction
 * @param signature raw bytes; not changed after construction
 */
@SuppressWarnings("ArrayRecordComponent") // read once
public record IntegrityProof(URI key, URI actor, byte[] signed, byte[] signature) {
  /** Room that a proof needs in a document, beside the context, which it repeats. */
  static final int MAX_BYTES = 1_024;

  private static final String SUITE = "eddsa-jcs-2022";
  private static final String TYPE = "DataIntegrityProof";
  private static final String PURPOSE = "assertionMethod";
  private static final String CONTEXT = "https://w3id.org/security/data-integrity/v1";
  private static final Duration CLOCKS_APART = Duration.ofHours(1);

  /** The one proof of an activity, with all rules kept but that of the key. */
  public static Reading<IntegrityProof> read(String json, Instant now) {
    return switch (Json.read(json)) {
      case Reading.Refused<ObjectNode>(String reason) -> Reading.refused(reason);
      case Reading.Of<ObjectNode>(ObjectNode document) ->
          document.path("proof") instanceof ObjectNode proof
              ? read(document, proof, now)
              : Reading.refused("no proof, or several");
    };
  }

  private static Reading<IntegrityProof> read(ObjectNode document, ObjectNode proof, Instant now) {
    Optional<URI> key = Json.ref(proof, "verificationMethod");
    Optional<URI> actor = Json.ref(document, "actor");
    Optional<byte[]> signature = Json.text(proof, "proofValue").flatMap(Multikey::bytes);
    if (!Json.isType(proof, TYPE)
        || !is(proof, "cryptosuite", SUITE)
        || !is(proof, "proofPurpose", PURPOSE)) {
      return Reading.refused("a proof of another kind");
    }
    if (!isValid(proof, now)) {
      return Reading.refused("a proof that is not valid now");
    }
    if (key.isEmpty() || actor.isEmpty() || signature.isEmpty() || !hasContext(document, proof)) {
      return Reading.refused("a proof that cannot be read");
    }
    return Json.orRefused(
        signed(document, proof)
            .map(bytes -> new IntegrityProof(key.get(), actor.get(), bytes, signature.get())),
        "a document that has no canonical form");
  }

  private static boolean is(ObjectNode proof, String property, String value) {
    return proof.path(property).isString() && proof.path(property).stringValue().equals(value);
  }

  /** A moment that is there but cannot be read is none that is past or to come. */
  private static boolean isValid(ObjectNode proof, Instant now) {
    Optional<Instant> expires = Json.time(proof, "expires");
    Optional<Instant> created = Json.time(proof, "created");
    return proof.has("expires") == expires.isPresent()
        && proof.has("created") == created.isPresent()
        && expires.filter(end -> !end.isAfter(now)).isEmpty()
        && created.filter(at -> at.isAfter(now.plus(CLOCKS_APART))).isEmpty();
  }

  /** The terms of the proof have to be those of the document, or a beginning of them. */
  private static boolean hasContext(ObjectNode document, ObjectNode proof) {
    if (!proof.has("@context")) {
      return true;
    }
    List<JsonNode> own = Json.values(proof, "@context");
    List<JsonNode> all = Json.values(document, "@context");
    return own.size() <= all.size() && own.equals(all.subList(0, own.size()));
  }

  /** What is signed: the hash of the proof without its value, and that of what it is about. */
  private static Optional<byte[]> signed(ObjectNode document, ObjectNode proof) {
    ObjectNode about = document.deepCopy();
    about.remove(List.of("proof", "signature"));
    ObjectNode options = proof.deepCopy();
    options.remove("proofValue");
    if (options.has("@context")) {
      about.set("@context", options.get("@context"));
    }
    return CanonicalJson.of(options)
        .flatMap(first -> CanonicalJson.of(about).map(second -> hashes(first, second)));
  }

  private static byte[] hashes(byte[] options, byte[] about) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] first = sha256.digest(options);
      byte[] second = sha256.digest(about);
      byte[] both = new byte[first.length + second.length];
      System.arraycopy(first, 0, both, 0, first.length);
      System.arraycopy(second, 0, both, first.length, second.length);
      return both;
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** Whether that key made it; false also for what is no Ed25519 key of the actor. */
  public boolean isBy(OwnedKey owned) {
    if (!owned.id().equals(key) || !owned.owner().equals(actor)) {
      return false;
    }
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(der(owned.pem()))));
      check.update(signed);
      return check.verify(signature);
    } catch (GeneralSecurityException | IllegalArgumentException notBy) {
      return false;
    }
  }

  /**
   * A document of ours with a proof.
   *
   * @param privatePem Ed25519, PKCS#8
   * @param keyId where the actor shows it
   */
  public static String prove(String json, String privatePem, String keyId, Instant now) {
    if (!(Json.MAPPER.readTree(json) instanceof ObjectNode document)) {
      throw new IllegalArgumentException("not a document");
    }
    withContext(document);
    ObjectNode proof = Json.object();
    proof.set("@context", document.get("@context"));
    proof.put("type", TYPE).put("cryptosuite", SUITE).put("verificationMethod", keyId);
    proof.put("proofPurpose", PURPOSE);
    proof.put("created", now.truncatedTo(ChronoUnit.SECONDS).toString());
    byte[] signed =
        signed(document, proof)
            .orElseThrow(() -> new IllegalStateException("a document of ours with odd numbers"));
    proof.put("proofValue", Multikey.base58(sign(privatePem, signed)));
    document.set("proof", proof);
    return document.toString();
  }

  private static void withContext(ObjectNode document) {
    ArrayNode context = Json.MAPPER.createArrayNode();
    List<JsonNode> own = Json.values(document, "@context");
    own.stream().filter(JsonNode::isString).forEach(context::add);
    context.add(CONTEXT);
    own.stream().filter(one -> !one.isString()).forEach(context::add);
    document.set("@context", context);
  }

  private static byte[] sign(String privatePem, byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(der(privatePem))));
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException ownKeyIsBad) {
      throw new IllegalStateException("a key of ours cannot sign", ownKeyIsBad);
    }
  }

  private static byte[] der(String pem) {
    return Base64.getDecoder().decode(pem.replaceAll("-----[A-Z ]+-----|\\s", ""));
  }
}
