package im.tombolo.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.LocalPosts.Known;
import im.tombolo.core.port.XmppNetwork.Item;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  /** Known posts by name, the newest publication first. */
  private static List<Known> known(String... names) {
    return IntStream.range(0, names.length)
        .mapToObj(i -> post(names[i], names.length - i))
        .toList();
  }

  private static Known post(String name, long sequence) {
    return new Known(Jid.of("romeo@example.org"), "key-" + name, name, "digest", sequence, false);
  }

  private static List<Item> items(String... names) {
    return Arrays.stream(names).map(name -> new Item(name, Optional.empty())).toList();
  }

  private static Comparison of(List<Known> known, List<Item> items) {
    return Comparison.of(known, known, items);
  }

  private static String[] names(String list) {
    return list.isBlank() ? new String[0] : list.strip().split(" ");
  }

  @ParameterizedTest(name = "known {0}, there {1}: retracted {2}, evicted {3}")
  @CsvSource({
    "c b a, a b c, '',    ''",
    "c b a, a c,   b,     ''",
    "c b a, a b,   c,     ''",
    "c b a, b c,   '',    a",
    "c b a, c,     '',    b a",
    "c b a, b,     c,     a",
    "c b a, '',    c b a, ''",
    "'',    a,     '',    ''",
    "c b a, x y,   '',    c b a",
  })
  void aMissingItemWasRetractedIfAnOlderOneIsStillThere(
      String known, String there, String retracted, String evicted) {
    Comparison comparison = of(known(names(known)), items(names(there)));

    assertThat(comparison.retracted()).extracting(Known::itemId).containsExactly(names(retracted));
    assertThat(comparison.evicted()).extracting(Known::itemId).containsExactly(names(evicted));
  }

  @Test
  void whatWasEvictedBeforeIsNotRetractedWhenTheNodeIsEmptied() {
    Known evicted = new Known(Jid.of("romeo@example.org"), "key-a", "a", "digest", 1, true);

    Comparison comparison = of(List.of(post("b", 2), evicted), List.of());

    assertThat(comparison.retracted()).extracting(Known::itemId).containsExactly("b");
    assertThat(comparison.evicted()).isEmpty();
  }

  @Test
  void anItemThatCameWhileTheQuestionWasOnItsWayIsNotMissing() {
    List<Known> before = known("a");
    List<Known> now = List.of(post("b", 2), post("a", 1));

    Comparison comparison = Comparison.of(before, now, items("a"));

    assertThat(comparison.retracted()).isEmpty();
    assertThat(comparison.evicted()).isEmpty();
  }

  @Test
  void anItemThatChangedWhileTheQuestionWasOnItsWayIsNotReadFromTheAnswer() {
    List<Known> before = known("b", "a");
    List<Known> now = List.of(post("a", 3), post("b", 2));

    Comparison comparison = Comparison.of(before, now, items("a", "b"));

    assertThat(comparison.items()).extracting(Item::id).containsExactly("b");
  }

  @Test
  void itemsAreReadInTheOrderOfTheAnswer() {
    assertThat(of(List.of(), items("b", "a", "c")).items())
        .extracting(Item::id)
        .containsExactly("b", "a", "c");
  }
}
