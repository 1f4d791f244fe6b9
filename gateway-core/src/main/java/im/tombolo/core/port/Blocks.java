package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Of whom on the fediverse served people want nothing. A target is an actor id or a domain. */
public interface Blocks {
  /** Nothing when it is there. */
  void add(Jid account, String target);

  /** True when it was there. */
  boolean remove(Jid account, String target);

  /** True when one of the targets is blocked. */
  boolean any(Jid account, Collection<String> targets);

  /** Notes the activity by which a block was told to the server of whom it is about. */
  void told(Jid account, String target, String activityKey);

  /** That activity's key; empty when nobody was told. */
  Optional<String> toldBy(Jid account, String target);

  /** In alphabetical order. */
  List<String> of(Jid account, int max);
}
