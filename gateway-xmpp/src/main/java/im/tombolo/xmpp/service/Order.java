package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Answer;
import java.util.List;
import java.util.Locale;

/**
 * A command of the gateway. Its node (XEP-0050) is the word by which a chat gives it.
 *
 * @param word one lower-case word
 * @param title what it does, in a few words
 * @param arguments in the order of a chat; the last takes all that is left
 * @param forEverybody also for people of domains that are not served
 */
record Order(
    String word, String title, List<Argument> arguments, boolean forEverybody, Action action) {

  /** For people of served domains. */
  Order(String word, String title, List<Argument> arguments, Action action) {
    this(word, title, arguments, false, action);
  }

  /**
   * @param name of the form's field
   * @param label says what is expected
   */
  record Argument(String name, String label, boolean required) {}

  /** Does it; an argument that was not given is empty. */
  interface Action {
    Said act(Jid from, List<String> arguments);
  }

  /** What there is to say. */
  sealed interface Said {
    record Told(String words) implements Said {}

    /** Nothing was changed; a sentence that says why. */
    record Mistake(String words) implements Said {}

    /**
     * A page.
     *
     * @param next the arguments that give the next one
     */
    record More(String words, List<String> next) implements Said {
      public More {
        next = List.copyOf(next);
      }
    }

    /** Only people of served domains may. */
    record NotForYou() implements Said {}
  }

  static Argument required(String name, String label) {
    return new Argument(name, label, true);
  }

  static Argument optional(String name, String label) {
    return new Argument(name, label, false);
  }

  /** How it is written in a chat. */
  String usage() {
    StringBuilder out = new StringBuilder(word);
    for (Argument argument : arguments) {
      String name = argument.name().toUpperCase(Locale.ROOT);
      out.append(' ').append(argument.required() ? name : "[" + name + "]");
    }
    return out.append(": ").append(title).toString();
  }

  /** For an answer that is not {@link Answer.Got}. */
  static Said without(Answer<?> answer) {
    return switch (answer) {
      case Answer.Closed<?> closed -> new Said.NotForYou();
      case Answer.Unavailable<?> unknown ->
          new Said.Mistake("Their server does not answer now. Try again later.");
      case Answer<?> none ->
          new Said.Mistake("Nobody has that address, or their server does not let us read it.");
    };
  }
}
