package im.tombolo.core.activity;

import im.tombolo.core.address.AccountUrls;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Mention;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code to} and {@code cc} of what served accounts post: the one place that does. */
final class Addressing {
  private Addressing() {}

  static void write(LocalPost post, AccountUrls urls, ObjectNode out) {
    Set<URI> people = new LinkedHashSet<>(post.audience().people());
    for (Mention mention : post.content().mentions()) {
      people.add(mention.target());
    }
    // Communities are found by any of these, by one server or another (FEP-1b12).
    Set<URI> communities = post.audience().communities();
    if (!communities.isEmpty()) {
      people.addAll(communities);
      out.put("audience", Collections.min(communities).toString());
    }
    ArrayNode to = out.putArray("to");
    ArrayNode cc = out.putArray("cc");
    String followers = urls.followers();
    switch (post.audience().visibility()) {
      case PUBLIC -> {
        to.add(Json.PUBLIC);
        cc.add(followers);
        people.forEach(person -> cc.add(person.toString()));
      }
      case UNLISTED -> {
        to.add(followers);
        cc.add(Json.PUBLIC);
        people.forEach(person -> cc.add(person.toString()));
      }
      case FOLLOWERS -> {
        to.add(followers);
        people.forEach(person -> cc.add(person.toString()));
      }
      case LIMITED, DIRECT -> people.forEach(person -> to.add(person.toString()));
    }
  }
}
