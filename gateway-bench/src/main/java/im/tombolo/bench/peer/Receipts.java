package im.tombolo.bench.peer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What came for each mark that a run put into its posts: how often and when. Any thread. */
public final class Receipts {
  private static final String BEFORE = "mark-";
  private static final int DIGITS = 9;

  private final Map<Integer, Arrivals> arrivals = new ConcurrentHashMap<>();
  private final AtomicLong total = new AtomicLong();

  /** Where one mark came to; nanoseconds of the first time for each place. */
  public static final class Arrivals {
    private final Map<String, Long> first = new ConcurrentHashMap<>();
    private final Map<String, String> ids = new ConcurrentHashMap<>();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong doubled = new AtomicLong();

    public int places() {
      return first.size();
    }

    /** How often it came again, by the id that it had come with: whoever gets it knows it. */
    public long repeated() {
      return repeated.get();
    }

    /** How often it came again as something else. */
    public long doubled() {
      return doubled.get();
    }

    public Map<String, Long> nanos() {
      return first;
    }
  }

  /** The words that make a text found again. */
  public static String mark(int number) {
    return BEFORE + String.format("%0" + DIGITS + "d", number);
  }

  /**
   * @return false when there is no mark in the text
   */
  public boolean add(String text, String place, String id, long nanos) {
    int at = text.indexOf(BEFORE);
    if (at < 0) {
      return false;
    }
    int from = at + BEFORE.length();
    int number = Integer.parseInt(text, from, from + DIGITS, 10);
    Arrivals here = of(number);
    String before = here.ids.putIfAbsent(place, id);
    if (before == null) {
      here.first.put(place, nanos);
      total.incrementAndGet();
    } else if (before.equals(id)) {
      here.repeated.incrementAndGet();
    } else {
      here.doubled.incrementAndGet();
    }
    return true;
  }

  public Arrivals of(int number) {
    return arrivals.computeIfAbsent(number, fresh -> new Arrivals());
  }

  /** Marks and places, each once. */
  public long total() {
    return total.get();
  }

  public long repeated() {
    return arrivals.values().stream().mapToLong(Arrivals::repeated).sum();
  }

  public long doubled() {
    return arrivals.values().stream().mapToLong(Arrivals::doubled).sum();
  }
}
