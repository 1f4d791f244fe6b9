package im.tombolo.http.signature;

/** The two ways of signing requests on the fediverse. */
public enum Dialect {
  DRAFT_CAVAGE,
  RFC_9421;

  public Dialect other() {
    return this == DRAFT_CAVAGE ? RFC_9421 : DRAFT_CAVAGE;
  }
}
