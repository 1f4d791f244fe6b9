package im.tombolo.core.bridge;

import im.tombolo.core.model.Following.Manner;

/** In which way somebody asks to follow. */
public enum SubscribeWay {
  /** By pubsub, without more: nobody else is told. */
  QUIETLY,
  /** By pubsub, and everybody may know (XEP-0465). */
  PUBLICLY,
  /** By a presence subscription, which says nothing of whom to tell. */
  BY_PRESENCE;

  Manner manner(Manner before) {
    return switch (this) {
      case QUIETLY -> new Manner(false, before.listed(), before.presence(), before.feeds());
      case PUBLICLY -> new Manner(true, before.listed(), before.presence(), before.feeds());
      case BY_PRESENCE -> new Manner(before.asked(), before.listed(), true, before.feeds());
    };
  }
}
