package im.tombolo.core.model;

/** What sort of actor somebody is. */
public enum ActorKind {
  PERSON,
  GROUP,
  /** A program: ActivityStreams Service and Application. */
  SERVICE,
  ORGANIZATION
}
