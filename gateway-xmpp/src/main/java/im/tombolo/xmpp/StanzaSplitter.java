package im.tombolo.xmpp;

import java.util.function.Consumer;

/**
 * Cuts the characters of a stream into its header and the elements below it, by the nesting of tags
 * alone. Whatever stands inside a stanza stays inside it, a second stream header included, so that
 * what somebody sends can never pass for two stanzas. One thread.
 */
final class StanzaSplitter {
  private static final String COMMENT = "<!--";
  private static final String CDATA = "<![CDATA[";

  private final int maxChars;
  private final Consumer<String> header;
  private final Consumer<String> element;
  private final StringBuilder part = new StringBuilder();
  private State state = State.TEXT;
  private int opened;
  private int depth;
  private boolean closed;

  private enum State {
    TEXT,
    OPEN,
    START_TAG,
    IN_QUOTES,
    IN_APOSTROPHES,
    END_TAG,
    INSTRUCTION,
    DECLARATION,
    IN_COMMENT,
    IN_CDATA
  }

  /**
   * @param maxChars of one element
   * @param header takes the start tag of the stream
   * @param element takes each whole element below it
   */
  StanzaSplitter(int maxChars, Consumer<String> header, Consumer<String> element) {
    this.maxChars = maxChars;
    this.header = header;
    this.element = element;
  }

  /** True once the stream's own end tag was read. */
  boolean isClosed() {
    return closed;
  }

  /**
   * @throws NotXmppException when no XMPP server would write this
   */
  void write(char[] chars, int length) throws NotXmppException {
    for (int i = 0; i < length && !closed; i++) {
      write(chars[i]);
    }
  }

  private void write(char c) throws NotXmppException {
    if (state == State.TEXT && c != '<' && depth <= 1) {
      between(c);
      return;
    }
    if (part.length() == maxChars) {
      throw new NotXmppException("an element of more than " + maxChars + " characters");
    }
    part.append(c);
    switch (state) {
      case TEXT -> text(c);
      case OPEN -> open(c);
      case START_TAG -> startTag(c);
      case IN_QUOTES -> state = c == '"' ? State.START_TAG : state;
      case IN_APOSTROPHES -> state = c == '\'' ? State.START_TAG : state;
      case END_TAG -> endTag(c);
      case INSTRUCTION -> skipTo("?>", 4, c);
      case DECLARATION -> declaration();
      case IN_COMMENT -> skipTo("-->", 7, c);
      case IN_CDATA -> skipTo("]]>", 12, c);
    }
  }

  /** Servers write spaces between stanzas, to see whether the connection lives. */
  private static void between(char c) throws NotXmppException {
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
      throw new NotXmppException("text where an element should be");
    }
  }

  private void text(char c) {
    if (c == '<') {
      state = State.OPEN;
      opened = part.length() - 1;
    }
  }

  private void open(char c) {
    state =
        switch (c) {
          case '/' -> State.END_TAG;
          case '?' -> State.INSTRUCTION;
          case '!' -> State.DECLARATION;
          default -> State.START_TAG;
        };
  }

  private void startTag(char c) {
    switch (c) {
      case '"' -> state = State.IN_QUOTES;
      case '\'' -> state = State.IN_APOSTROPHES;
      case '>' -> {
        state = State.TEXT;
        started(part.charAt(part.length() - 2) == '/');
      }
      default -> {
        // The parser looks at names and attributes.
      }
    }
  }

  private void started(boolean empty) {
    if (depth == 0) {
      depth = 1;
      closed = empty;
      hand(header);
    } else if (!empty) {
      depth++;
    } else if (depth == 1) {
      hand(element);
    }
  }

  private void endTag(char c) {
    if (c == '>') {
      state = State.TEXT;
      depth--;
      if (depth == 1) {
        hand(element);
      }
      closed = depth <= 0;
    }
  }

  private void declaration() throws NotXmppException {
    String begun = part.substring(opened);
    if (begun.equals(COMMENT)) {
      state = State.IN_COMMENT;
    } else if (begun.equals(CDATA)) {
      state = State.IN_CDATA;
    } else if (!COMMENT.startsWith(begun) && !CDATA.startsWith(begun)) {
      throw new NotXmppException("a document type");
    }
  }

  private void skipTo(String end, int shortest, char c) {
    int length = part.length();
    if (c == '>' && length - opened >= shortest && part.indexOf(end, length - end.length()) >= 0) {
      state = State.TEXT;
      if (depth <= 1) {
        part.setLength(opened);
      }
    }
  }

  private void hand(Consumer<String> taker) {
    String whole = part.toString();
    part.setLength(0);
    taker.accept(whole);
  }
}
