package im.tombolo.core.xml;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an element, in order and immutable. An element has a few, so they are looked
 * through one by one and take the room of their names and values, no more.
 */
final class Attributes extends AbstractMap<String, String> implements SequencedMap<String, String> {
  static final Attributes NONE = new Attributes(new String[0]);

  /** Names and values by turns. */
  private final String[] pairs;

  private Attributes(String[] pairs) {
    this.pairs = pairs;
  }

  static Attributes copyOf(Map<String, String> map) {
    return map instanceof Attributes same
        ? same
        : new Attributes(
            map.entrySet().stream()
                .flatMap(entry -> Arrays.stream(new String[] {entry.getKey(), entry.getValue()}))
                .toArray(String[]::new));
  }

  /** The same with one more, or with another value for it. */
  Attributes with(String name, String value) {
    int at = indexOf(name);
    String[] more = Arrays.copyOf(pairs, at < 0 ? pairs.length + 2 : pairs.length);
    more[at < 0 ? pairs.length : at] = name;
    more[at < 0 ? pairs.length + 1 : at + 1] = value;
    return new Attributes(more);
  }

  private int indexOf(Object name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int size() {
    return pairs.length / 2;
  }

  @Override
  public boolean containsKey(Object name) {
    return indexOf(name) >= 0;
  }

  @Override
  public @Nullable String get(Object name) {
    int at = indexOf(name);
    return at < 0 ? null : pairs[at + 1];
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> action) {
    for (int i = 0; i < pairs.length; i += 2) {
      action.accept(pairs[i], pairs[i + 1]);
    }
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, String>> iterator() {
        return IntStream.range(0, Attributes.this.size())
            .mapToObj(i -> Map.entry(pairs[2 * i], pairs[2 * i + 1]))
            .iterator();
      }

      @Override
      public int size() {
        return Attributes.this.size();
      }
    };
  }

  @Override
  public SequencedMap<String, String> reversed() {
    Attributes backwards = NONE;
    for (int i = pairs.length - 2; i >= 0; i -= 2) {
      backwards = backwards.with(pairs[i], pairs[i + 1]);
    }
    return backwards;
  }
}
