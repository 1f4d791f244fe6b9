package im.tombolo.core.atom;

import im.tombolo.core.xml.Namespaces;
import java.util.Optional;

/**
 * Names in XEP-0471, by version: since 0.2 its namespaces have other names, and most programs know
 * the first ones only.
 *
 * @param namespace of the payload, and the name of a person's node
 */
public enum EventSpeech {
  CALENDAR(Namespaces.CALENDAR_EVENTS, "urn:xmpp:calendar-events:"),
  FIRST(Namespaces.EVENTS, "urn:xmpp:events:");

  private final String namespace;
  private final String prefix;

  EventSpeech(String namespace, String prefix) {
    this.namespace = namespace;
    this.prefix = prefix;
  }

  public String namespace() {
    return namespace;
  }

  /** FORM_TYPE of the form that is filled in to take part. */
  String rsvp() {
    return prefix + "rsvp:0";
  }

  /** FORM_TYPE of what else is told of an event. */
  String extra() {
    return prefix + "extra:0";
  }

  /** By a namespace, which is a person's node as well. */
  public static Optional<EventSpeech> of(String namespace) {
    for (EventSpeech speech : values()) {
      if (speech.namespace.equals(namespace)) {
        return Optional.of(speech);
      }
    }
    return Optional.empty();
  }
}
