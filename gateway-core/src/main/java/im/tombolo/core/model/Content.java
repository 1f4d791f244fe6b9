package im.tombolo.core.model;

import im.tombolo.core.text.RichText;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a post says, whoever said it and wherever.
 *
 * @param words the text as most readers shall see it
 * @param translations the same in other languages; each has a language
 * @param tags hashtags without the {@code #}, in order, without duplicates
 * @param mentions people whom the text speaks to
 * @param links addresses beside the text
 * @param attachments files, in order
 * @param emojis pictures for {@code :names:} in the text
 * @param warning what to show instead until the reader asks for more
 * @param quote id or address of the post that this one speaks about
 * @param poll a question with answers to choose from
 * @param event what takes place, when the post announces something
 * @param place where it was written; of an event see there
 * @param rights who may do what with it, as text
 */
public record Content(
    Words words,
    List<Words> translations,
    List<String> tags,
    List<Mention> mentions,
    List<Link> links,
    List<Attachment> attachments,
    List<CustomEmoji> emojis,
    Optional<String> warning,
    Optional<URI> quote,
    Optional<Poll> poll,
    Optional<CalendarEvent> event,
    Optional<Place> place,
    Optional<String> rights) {

  public Content {
    translations = List.copyOf(translations);
    tags = List.copyOf(tags);
    mentions = List.copyOf(mentions);
    links = List.copyOf(links);
    attachments = List.copyOf(attachments);
    emojis = List.copyOf(emojis);
  }

  /**
   * The text in one language.
   *
   * @param title a real title, as an article has; a short post has none
   * @param body the text; may be empty when there are attachments
   * @param language BCP 47 tag of title and body
   */
  public record Words(Optional<String> title, RichText body, Optional<String> language) {}

  /** A post that is nothing but its text. */
  public static Content of(RichText body) {
    return builder(new Words(Optional.empty(), body, Optional.empty())).build();
  }

  public static Builder builder(Words words) {
    return new Builder(words);
  }

  public Builder toBuilder() {
    return new Builder(words)
        .translations(translations)
        .tags(tags)
        .mentions(mentions)
        .links(links)
        .attachments(attachments)
        .emojis(emojis)
        .warning(warning)
        .quote(quote)
        .poll(poll)
        .event(event)
        .place(place)
        .rights(rights);
  }

  public Optional<String> title() {
    return words.title();
  }

  public RichText body() {
    return words.body();
  }

  public Optional<String> language() {
    return words.language();
  }

  /** True when there is nothing to read or to look at. */
  public boolean isEmpty() {
    return title().isEmpty()
        && body().isEmpty()
        && attachments.isEmpty()
        && links.isEmpty()
        && poll.isEmpty()
        && event.isEmpty();
  }

  /** Collects what goes with the words. Not for several threads. */
  public static final class Builder {
    private final Words words;
    private List<Words> translations = List.of();
    private List<String> tags = List.of();
    private List<Mention> mentions = List.of();
    private List<Link> links = List.of();
    private List<Attachment> attachments = List.of();
    private List<CustomEmoji> emojis = List.of();
    private Optional<String> warning = Optional.empty();
    private Optional<URI> quote = Optional.empty();
    private Optional<Poll> poll = Optional.empty();
    private Optional<CalendarEvent> event = Optional.empty();
    private Optional<Place> place = Optional.empty();
    private Optional<String> rights = Optional.empty();

    private Builder(Words words) {
      this.words = words;
    }

    public Builder translations(List<Words> all) {
      translations = all;
      return this;
    }

    public Builder tags(List<String> all) {
      tags = all;
      return this;
    }

    public Builder mentions(List<Mention> all) {
      mentions = all;
      return this;
    }

    public Builder links(List<Link> all) {
      links = all;
      return this;
    }

    public Builder attachments(List<Attachment> all) {
      attachments = all;
      return this;
    }

    public Builder emojis(List<CustomEmoji> all) {
      emojis = all;
      return this;
    }

    public Builder warning(Optional<String> one) {
      warning = one;
      return this;
    }

    public Builder quote(Optional<URI> one) {
      quote = one;
      return this;
    }

    public Builder poll(Optional<Poll> one) {
      poll = one;
      return this;
    }

    public Builder event(Optional<CalendarEvent> one) {
      event = one;
      return this;
    }

    public Builder place(Optional<Place> one) {
      place = one;
      return this;
    }

    public Builder rights(Optional<String> one) {
      rights = one;
      return this;
    }

    public Content build() {
      return new Content(
          words,
          translations,
          tags,
          mentions,
          links,
          attachments,
          emojis,
          warning,
          quote,
          poll,
          event,
          place,
          rights);
    }
  }
}
