package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import java.util.Collection;
import java.util.List;

/** Of whom on the fediverse served people want nothing. A target is an actor id or a domain. */
public interface Blocks {
  /** Nothing when it is there. */
  void add(Jid account, String target);

  /** True when it was there. */
  boolean remove(Jid account, String target);

  /** True when one of the targets is blocked. */
  boolean any(Jid account, Collection<String> targets);

  /** In alphabetical order. */
  List<String> of(Jid account, int max);
}
