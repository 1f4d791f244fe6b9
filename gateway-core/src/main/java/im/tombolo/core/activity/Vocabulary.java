package im.tombolo.core.activity;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON-LD context of what we write: ActivityStreams, and beside it the terms that the document
 * really has, no more. Most readers take plain JSON and need none of it, strict ones lose whatever
 * is not defined.
 */
final class Vocabulary {
  static final String ACTIVITY_STREAMS = "https://www.w3.org/ns/activitystreams";

  /** Room that a context needs in a document that has every term of a post, in bytes. */
  static final int MAX_BYTES = 2_048;

  private static final String SECURITY = "https://w3id.org/security/v1";
  private static final Map<String, Term> TERMS = new HashMap<>();

  /**
   * @param id the IRI
   * @param type {@code @id} for what names something
   * @param container {@code @list} or {@code @set}
   */
  private record Term(String id, @Nullable String type, @Nullable String container) {}

  static {
    String as = ACTIVITY_STREAMS + "#";
    words(as, "Hashtag", "sensitive", "manuallyApprovesFollowers", "quoteUrl");
    words("http://joinmastodon.org/ns#", "Emoji", "blurhash", "votersCount");
    words("http://joinmastodon.org/ns#", "discoverable", "indexable");
    // Wrong by the letter, and what everybody writes.
    words("http://schema.org#", "PropertyValue", "value");
    words("https://misskey-hub.net/ns#", "_misskey_quote", "_misskey_reaction");
    words("http://fedibird.com/ns#", "quoteUri");
    words("http://ostatus.org#", "conversation");
    words("https://joinpeertube.org/ns#", "size");
    words("https://w3id.org/fep/044f#", "QuoteRequest", "QuoteAuthorization");
    words("https://w3id.org/security#", "Multikey", "publicKeyMultibase");
    words("https://purl.archive.org/socialweb/webfinger#", "webfinger");
    references(as, "alsoKnownAs");
    references("http://joinmastodon.org/ns#", "featured");
    references("https://w3id.org/fep/044f#", "quote", "quoteAuthorization");
    references("https://gotosocial.org/ns#", "interactionPolicy", "canQuote", "automaticApproval");
    references("https://gotosocial.org/ns#", "interactingObject", "interactionTarget");
    references("https://w3id.org/security#", "controller");
    TERMS.put("focalPoint", new Term("http://joinmastodon.org/ns#focalPoint", null, "@list"));
    TERMS.put(
        "assertionMethod", new Term("https://w3id.org/security#assertionMethod", "@id", "@set"));
  }

  private Vocabulary() {}

  private static void words(String space, String... names) {
    for (String name : names) {
      TERMS.put(name, new Term(space + name, null, null));
    }
  }

  private static void references(String space, String... names) {
    for (String name : names) {
      TERMS.put(name, new Term(space + name, "@id", null));
    }
  }

  /** The document that an object is by itself, with the context in front. */
  static String document(ObjectNode object) {
    SequencedSet<String> used = new LinkedHashSet<>();
    collect(object, used);
    ObjectNode out = Json.object();
    ObjectNode terms = Json.object();
    for (String name : used) {
      Term term = TERMS.get(name);
      if (term != null) {
        define(name, term, terms);
      }
    }
    boolean hasKey = used.contains("publicKey");
    if (terms.isEmpty() && !hasKey) {
      out.put("@context", ACTIVITY_STREAMS);
    } else {
      ArrayNode context = out.putArray("@context").add(ACTIVITY_STREAMS);
      if (hasKey) {
        context.add(SECURITY);
      }
      context.add(terms);
    }
    return out.setAll(object).toString();
  }

  private static void define(String name, Term term, ObjectNode terms) {
    if (term.type() == null && term.container() == null) {
      terms.put(name, term.id());
      return;
    }
    ObjectNode definition = terms.putObject(name).put("@id", term.id());
    if (term.type() != null) {
      definition.put("@type", term.type());
    }
    if (term.container() != null) {
      definition.put("@container", term.container());
    }
  }

  /** Names of properties and of types; what is a language's name in a map cannot be one. */
  private static void collect(JsonNode node, Set<String> used) {
    if (node instanceof ObjectNode object) {
      used.addAll(object.propertyNames());
      Json.values(object, "type").stream()
          .flatMap(type -> Json.text(type).stream())
          .forEach(used::add);
    }
    node.valueStream().filter(JsonNode::isContainer).forEach(child -> collect(child, used));
  }
}
