package im.tombolo.storage;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.model.ReactionCounts;
import im.tombolo.core.model.Watch;
import im.tombolo.core.port.Reactions;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Likes and emoji, and who watches them. */
class ReactionStorageTest extends OnStorage {
  private static final URI ADA = URI.create("https://a.example/ada");
  private static final URI BOB = URI.create("https://b.example/bob");

  private static Reaction reaction(URI post, URI actor, String emoji, int second) {
    return new Reaction(
        post,
        actor,
        Optional.of(emoji).filter(text -> !text.isEmpty()),
        URI.create(actor + "/" + second + "#" + post),
        Optional.empty(),
        NOW.plusSeconds(second));
  }

  private static List<Reaction> likes(URI post) {
    return ask(session -> session.reactions().likes(post, 9));
  }

  private static Optional<Reaction> find(Function<Reactions, Optional<Reaction>> question) {
    return ask(session -> question.apply(session.reactions()));
  }

  private static long watched(Jid subscriber) {
    return ask(session -> session.watches().countOf(subscriber));
  }

  private static List<Watch> watches(URI target, Optional<Jid> after) {
    return ask(session -> session.watches().of(target, after, 9));
  }

  private static boolean add(Reaction reaction) {
    return ask(session -> session.reactions().add(reaction));
  }

  @Test
  void thePeopleOfAPostStandInTheOrderInWhichTheyCame() {
    URI post = URI.create("https://a.example/order");
    add(reaction(post, BOB, "🔥", 1));
    add(reaction(post, ADA, "", 2));
    add(reaction(post, BOB, "", 3));

    List<Reaction> all = ask(session -> session.reactions().ofPost(post, 9));
    assertThat(all).extracting(Reaction::actor).containsExactly(BOB, BOB, ADA);
    assertThat(all.getFirst().isLike()).isTrue();
  }

  @Test
  void theMostFrequentEmojiIsCountedFirst() {
    URI post = URI.create("https://a.example/counts");
    add(reaction(post, ADA, "👍", 1));
    add(reaction(post, ADA, "🔥", 2));
    add(reaction(post, BOB, "🔥", 3));
    add(reaction(post, BOB, "", 4));

    ReactionCounts counts = ask(session -> session.reactions().count(post));
    assertThat(counts.likes()).isEqualTo(1);
    assertThat(counts.emojis().sequencedEntrySet())
        .extracting(Object::toString)
        .containsExactly("🔥=2", "👍=1");
  }

  @Test
  void theSameReactionCountsOnce() {
    URI post = URI.create("https://a.example/once");

    assertThat(add(reaction(post, ADA, "", 1))).isTrue();
    assertThat(add(reaction(post, ADA, "", 2))).isFalse();
    assertThat(likes(post)).hasSize(1);
  }

  @Test
  void aReactionIsFoundByWhatSaidIt() {
    URI post = URI.create("https://a.example/found");
    Reaction like =
        new Reaction(
            post, ADA, Optional.empty(), URI.create(ADA + "/like"), Optional.of("h1"), NOW);
    add(like);

    assertThat(find(reactions -> reactions.findByItem(post, "h1"))).contains(like);
    assertThat(find(reactions -> reactions.find(like.activity()))).contains(like);
    act(session -> session.reactions().remove(like));
    assertThat(likes(post)).isEmpty();
  }

  @Test
  void oneWatchesATargetOnce() {
    Jid nurse = Jid.of("nurse@example.org");
    URI post = URI.create("https://a.example/watched");
    NodeAddress node = new NodeAddress(Jid.of("ada@ap.example.org"), "n");
    NodeAddress alias = new NodeAddress(Jid.of("ada%a@ap.example.org"), "n");
    act(session -> session.watches().save(new Watch(post, nurse, node)));
    act(session -> session.watches().save(new Watch(post, nurse, alias)));

    assertThat(watched(nurse)).isEqualTo(1);
    assertThat(watches(post, Optional.empty())).containsExactly(new Watch(post, nurse, alias));
    assertThat(watches(post, Optional.of(nurse))).isEmpty();
    Optional<Watch> before = ask(session -> session.watches().find(nurse, node));
    assertThat(before).isEmpty();
  }

  @Test
  void whoIsForgottenWatchesNothing() {
    Jid peter = Jid.of("peter@example.org");
    URI post = URI.create("https://a.example/forgotten");
    NodeAddress node = new NodeAddress(Jid.of("ada@ap.example.org"), "n");
    act(session -> session.watches().save(new Watch(post, peter, node)));
    act(session -> session.accounts().remove(peter));

    assertThat(watched(peter)).isZero();
  }
}
