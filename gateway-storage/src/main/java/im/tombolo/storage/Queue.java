package im.tombolo.storage;

/** What work can wait for without asking the database again and again. */
public enum Queue {
  INBOX,
  /** Activities that make us ask other servers. */
  INBOX_ASKING,
  STANZAS,
  DELIVERIES
}
