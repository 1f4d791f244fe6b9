package im.tombolo.core.port;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who delivers where: servers are dealt out into shards by their names, and each shard belongs to
 * one process at a time. So nobody else works on a server, and no delivery has to say so.
 */
public interface DeliveryShards {
  /** So many shards there are; of more processes than that, some have nothing to do. */
  int COUNT = 64;

  /**
   * Says that a process lives, until then; takes shards that nobody has, and gives back what is
   * above its part, so that after a few rounds all have about as many. Who did not say so for too
   * long has lost its shards.
   *
   * @param worker names the process
   * @param busy shards where it has something under way: they are not given back
   */
  Share hold(String worker, Instant now, Instant until, Collection<Integer> busy);

  /** The process works no more: others may have its shards. */
  void leave(String worker);

  /**
   * What belongs to one process.
   *
   * @param shards those it may work on, at most its part, in order; it may hold more that are still
   *     busy
   */
  record Share(List<Integer> shards) {
    public static final Share NONE = new Share(List.of());

    public static final Share ALL = new Share(IntStream.range(0, COUNT).boxed().toList());

    public boolean isAll() {
      return shards.size() == COUNT;
    }
  }
}
