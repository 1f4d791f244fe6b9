package im.tombolo.http.server;

import im.tombolo.core.activity.NoteWriter;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.LocalAccounts.Publication;
import im.tombolo.core.model.Account;
import im.tombolo.core.port.Answer;
import im.tombolo.http.signature.SignatureCheck.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * Posts that are not for everybody. Whoever they are for gets them for a signature; to all others
 * they are not there, as if there were none. Any thread.
 */
final class RestrictedPosts {
  private final Site site;

  RestrictedPosts(Site site) {
    this.site = site;
  }

  /**
   * @param rest segments below the account's own
   * @return empty where what everybody is told holds for this asker too
   */
  Optional<Reply> answer(Query query, Jid account, List<String> rest) {
    if (!isPost(rest) || !isSignedQuestion(query) || !isThere(account, rest.get(1))) {
      return Optional.empty();
    }
    return switch (site.signatures().check(query.message(), Optional.empty())) {
      case Outcome.Signed signed ->
          site.accounts()
              .restricted(account, rest.get(1), signed.owner())
              .map(post -> Reply.activity(new NoteWriter(site.urls()).write(post)).forAsker());
      case Outcome.Unknown unknown -> Optional.of(Reply.tryLater());
      case Outcome.Bad bad -> Optional.empty();
      case Outcome.Unwelcome unwelcome -> Optional.empty();
    };
  }

  private static boolean isPost(List<String> rest) {
    return rest.size() == 2 && rest.getFirst().equals("posts");
  }

  private static boolean isSignedQuestion(Query query) {
    return query.header("signature").isPresent()
        && Form.wanted(query.header("accept"), AccountRoutes.POST) == Form.ACTIVITY;
  }

  private boolean isThere(Jid account, String key) {
    return site.accounts().post(account, key) instanceof Publication.Live(var post)
        && !post.audience().visibility().isOpen()
        && site.accounts().actor(account) instanceof Answer.Got<Account>;
  }
}
