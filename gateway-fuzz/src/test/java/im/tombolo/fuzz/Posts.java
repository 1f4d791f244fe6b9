package im.tombolo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.ActivityReader;
import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Byline;
import im.tombolo.core.atom.Entry;
import im.tombolo.core.atom.EntryReader;
import im.tombolo.core.atom.EntryWriter;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whatever somebody posts on one network, it can be told on both. */
public final class Posts {
  public static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final ItemAddress ITEM = new ItemAddress(ROMEO, Namespaces.MICROBLOG, "item");
  private static final GatewayUrls URLS =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));

  private Posts() {}

  /** Writes it for both networks, and reads it as they do. */
  public static void canBeTold(Content content, Dates dates) {
    Element entry = EntryWriter.entry(posting(content, dates));
    assertThat(XmlWriter.length(entry)).isLessThanOrEqualTo(EntryWriter.MAX_CHARS);
    isReadAsWritten(entry);
    Entry read = EntryReader.read(entry, NOW).value().orElseThrow();
    String json =
        new ActivityWriter(URLS)
            .create(new LocalPost(ROMEO, "k", ITEM, content, dates, read.page()))
            .json();
    assertThat(ActivityReader.read(json).value())
        .containsInstanceOf(IncomingActivity.CreatePost.class);
  }

  /** Text beside text is one text to whoever reads it, so what is written counts. */
  public static void isReadAsWritten(Element element) {
    String xml = XmlWriter.write(element);
    assertThat(XmlReader.strict().read(xml).value().map(XmlWriter::write)).contains(xml);
  }

  private static Posting posting(Content content, Dates dates) {
    return new Posting(
        ITEM,
        ROMEO,
        new Byline("Romeo", ROMEO),
        "https://a.example/1",
        content,
        dates,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }
}
