package im.tombolo.core.model;

import im.tombolo.core.text.RichText;
import java.util.List;
import java.util.Optional;

/**
 * What a post says, whoever said it and wherever.
 *
 * @param title a real title, as an article has; a short post has none
 * @param body the text; may be empty when there are attachments
 * @param language BCP 47 tag of title and body
 * @param tags hashtags without the {@code #}, in order, without duplicates
 * @param links addresses beside the text
 * @param attachments files, in order
 * @param warning what to show instead until the reader asks for more
 */
public record Content(
    Optional<String> title,
    RichText body,
    Optional<String> language,
    List<String> tags,
    List<Link> links,
    List<Attachment> attachments,
    Optional<String> warning) {

  public Content {
    tags = List.copyOf(tags);
    links = List.copyOf(links);
    attachments = List.copyOf(attachments);
  }

  /** A post that is nothing but its text. */
  public static Content of(RichText body) {
    return new Content(
        Optional.empty(),
        body,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** True when there is nothing to read or to look at. */
  public boolean isEmpty() {
    return title.isEmpty() && body.isEmpty() && attachments.isEmpty() && links.isEmpty();
  }
}
