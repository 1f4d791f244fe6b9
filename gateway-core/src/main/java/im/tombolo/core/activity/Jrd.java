package im.tombolo.core.activity;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Reading;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A WebFinger answer (RFC 7033 §4.4), as far as it concerns us.
 *
 * @param subject as given
 * @param actor the {@code self} link of an ActivityStreams type
 */
public record Jrd(String subject, Optional<URI> actor) {
  private static final String ACTIVITY = "application/activity+json";

  public static Reading<Jrd> read(String json) {
    return switch (Json.read(json)) {
      case Reading.Of<ObjectNode>(ObjectNode object) ->
          Json.orRefused(
              Json.text(object, "subject").map(subject -> new Jrd(subject, self(object))),
              "no subject");
      case Reading.Refused<ObjectNode>(String reason) -> Reading.refused(reason);
    };
  }

  private static Optional<URI> self(ObjectNode object) {
    return Json.objects(object, "links").stream()
        .filter(link -> Json.text(link, "rel").filter("self"::equals).isPresent())
        .filter(link ->
            Json.text(link, "type")
                .filter(type ->
                    type.startsWith(ACTIVITY)
                        || (type.startsWith("application/ld+json")
                            && type.contains("activitystreams")))
                .isPresent())
        .flatMap(link -> Json.link(link).stream())
        .findFirst();
  }

  /** The answer about one of ours; the instance actor when {@code account} is a domain. */
  public static String write(GatewayUrls urls, Jid account) {
    ObjectNode out = Json.object();
    String actor = urls.actor(account).toString();
    out.put(
        "subject",
        account.isDomain()
            ? "acct:" + urls.host() + "@" + urls.host()
            : urls.handle(account).acct());
    out.putArray("aliases").add(actor);
    ArrayNode links = out.putArray("links");
    link(links, "self", ACTIVITY, actor);
    if (!account.isDomain()) {
      link(links, "http://webfinger.net/rel/profile-page", "text/html", actor);
      link(links, "http://schemas.google.com/g/2010#updates-from", "application/atom+xml", actor);
      links
          .addObject()
          .put("rel", "http://ostatus.org/schema/1.0/subscribe")
          .put("template", urls.followPage() + "?uri={uri}");
    }
    return out.toString();
  }

  private static void link(ArrayNode links, String rel, String type, String href) {
    links.addObject().put("rel", rel).put("type", type).put("href", href);
  }
}
