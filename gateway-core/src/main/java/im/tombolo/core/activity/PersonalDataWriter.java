package im.tombolo.core.activity;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.model.DirectMessage;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.PersonalData;
import im.tombolo.core.model.Reaction;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what is kept of a person as one JSON document, with their posts as ActivityStreams. */
public final class PersonalDataWriter {
  /** Bytes of all posts together; what does not fit is left out, and the document says so. */
  static final int MAX_POSTS = 32 * 1024 * 1024;

  private final GatewayUrls urls;

  public PersonalDataWriter(GatewayUrls urls) {
    this.urls = urls;
  }

  /**
   * @param keys of the actor, where there is one
   */
  public String write(PersonalData data, Optional<PublicKeys> keys) {
    ObjectNode out = Json.object();
    out.put("@context", Vocabulary.ACTIVITY_STREAMS);
    out.put("person", data.person().toString()).put("at", data.at().toString());
    data.account()
        .flatMap(account -> keys.map(known -> new ActorWriter(urls).object(account, known)))
        .ifPresent(actor -> out.set("actor", actor));
    membership(data, out);
    out.putObject("notify")
        .put("mentions", data.notices().mentions())
        .put("followers", data.notices().followers());
    texts(out.putArray("blocks"), data.blocks());
    texts(out.putArray("followers"), data.followers());
    ArrayNode following = out.putArray("following");
    data.following().forEach(follow -> following(following.addObject(), follow));
    ArrayNode reactions = out.putArray("reactions");
    data.reactions().forEach(reaction -> reaction(reactions.addObject(), reaction));
    ArrayNode messages = out.putArray("messages");
    data.messages().forEach(message -> message(messages.addObject(), message));
    boolean all = posts(data, out.putArray("posts"));
    out.put("complete", data.isComplete() && all);
    return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(out);
  }

  private static void message(ObjectNode out, DirectMessage message) {
    out.put("id", message.object().toString())
        .put("author", message.author().toString())
        .put("published", message.dates().published().toString())
        .put("deleted", message.gone());
    texts(out.putArray("to"), message.people());
  }

  private static void membership(PersonalData data, ObjectNode out) {
    data.membership()
        .ifPresent(said ->
            out.putObject("membership")
                .put("state", said.state().name().toLowerCase(Locale.ROOT))
                .put("since", said.since().toString()));
  }

  private static void texts(ArrayNode out, Iterable<?> values) {
    values.forEach(value -> out.add(value.toString()));
  }

  private static void following(ObjectNode out, Following follow) {
    out.put("actor", follow.actor().toString())
        .put("address", follow.addressed().toString())
        .put("state", follow.state().name().toLowerCase(Locale.ROOT))
        .put("public", follow.manner().isPublic());
  }

  private static void reaction(ObjectNode out, Reaction reaction) {
    out.put("post", reaction.post().toString()).put("at", reaction.at().toString());
    reaction.emoji().ifPresent(emoji -> out.put("emoji", emoji));
  }

  private boolean posts(PersonalData data, ArrayNode out) {
    NoteWriter writer = new NoteWriter(urls);
    long bytes = 0;
    for (LocalPost post : data.posts()) {
      ObjectNode object = writer.object(post);
      bytes += JsonLength.of(object);
      if (bytes > MAX_POSTS) {
        return false;
      }
      out.add(object);
    }
    return true;
  }
}
