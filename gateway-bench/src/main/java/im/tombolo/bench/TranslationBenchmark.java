package im.tombolo.bench;

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
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A usual post, from the bytes of one network to those of the other. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TranslationBenchmark {
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final Jid ADA = Jid.of("ada\\40social.example@ap.example.org");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final GatewayUrls URLS =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));
  private static final ActivityWriter ACTIVITIES = new ActivityWriter(URLS);
  private static final XmlReader READER = XmlReader.strict();

  // Fields of the state: what the compiler knows to be constant it would compute beforehand.
  private String create =
      """
      {"@context":["https://www.w3.org/ns/activitystreams",{"sensitive":"as:sensitive"}],
       "id":"https://social.example/users/ada/statuses/1/activity","type":"Create",
       "actor":"https://social.example/users/ada","published":"2026-01-02T10:00:00Z",
       "to":["https://www.w3.org/ns/activitystreams#Public"],
       "cc":["https://social.example/users/ada/followers"],
       "object":{"id":"https://social.example/users/ada/statuses/1","type":"Note","summary":null,
        "inReplyTo":null,"published":"2026-01-02T10:00:00Z","url":"https://social.example/@ada/1",
        "attributedTo":"https://social.example/users/ada",
        "to":["https://www.w3.org/ns/activitystreams#Public"],
        "cc":["https://social.example/users/ada/followers"],"sensitive":false,
        "content":"<p>A post of usual length, with <a href=\\"https://social.example/tags/one\\" class=\\"mention hashtag\\" rel=\\"tag\\">#<span>one</span></a> tag, a link to <a href=\\"https://a.example/x\\">a page</a> and somebody, <span class=\\"h-card\\"><a href=\\"https://b.example/@bob\\" class=\\"u-url mention\\">@<span>bob</span></a></span>.</p><p>And a second paragraph of some words more, as people write them.</p>",
        "contentMap":{"en":"<p>A post of usual length, with <a href=\\"https://social.example/tags/one\\" class=\\"mention hashtag\\" rel=\\"tag\\">#<span>one</span></a> tag, a link to <a href=\\"https://a.example/x\\">a page</a> and somebody, <span class=\\"h-card\\"><a href=\\"https://b.example/@bob\\" class=\\"u-url mention\\">@<span>bob</span></a></span>.</p><p>And a second paragraph of some words more, as people write them.</p>"},
        "attachment":[{"type":"Document","mediaType":"image/jpeg","url":"https://files.social.example/1.jpg","name":"A cat on a wall","width":800,"height":600}],
        "tag":[{"type":"Hashtag","href":"https://social.example/tags/one","name":"#one"},
         {"type":"Mention","href":"https://b.example/users/bob","name":"@bob@b.example"}]}}
      """;

  private String entry =
      """
      <entry xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><id>tag:example.org,2026:1</id>\
      <author><name>Romeo</name><uri>xmpp:romeo@example.org</uri></author>\
      <title type='text'>Of light</title>\
      <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>A post of usual length, with \
      a <em>word</em> or two in <strong>bold</strong> and a link to <a href='https://a.example/x'>a \
      page</a>.</p><p>And a second paragraph of some words more, as people write them.</p></div></content>\
      <content type='text'>A post of usual length, with a word or two in bold and a link to a page. And a \
      second paragraph of some words more, as people write them.</content>\
      <published>2026-01-02T10:00:00Z</published><updated>2026-01-02T10:00:00Z</updated>\
      <category term='one'/><category term='two'/>\
      <link rel='enclosure' type='image/png' title='A cat' href='https://files.example.org/1.png'/>\
      <link rel='replies' title='comments' href='xmpp:romeo@example.org?;node=urn%3Axmpp%3Amicroblog%3A0%3Acomments%2F1'/>\
      </entry>\
      """;

  @Benchmark
  public String fromFediverseToXmpp() {
    RemotePost post =
        switch (ActivityReader.read(create).value().orElseThrow()) {
          case IncomingActivity.CreatePost made -> made.post();
          default -> throw new IllegalStateException("no post");
        };
    Posting posting =
        new Posting(
            new ItemAddress(ADA, Namespaces.MICROBLOG, "item"),
            ADA,
            new Byline("Ada", ADA),
            post.id().toString(),
            post.content(),
            post.dates(),
            post.page(),
            Optional.empty(),
            List.of(),
            Optional.empty());
    return XmlWriter.write(EntryWriter.item(posting, Namespaces.PUBSUB_EVENT));
  }

  @Benchmark
  public String fromXmppToFediverse() {
    Element payload = READER.read(entry).value().orElseThrow();
    Entry read = EntryReader.read(payload, NOW).value().orElseThrow();
    return ACTIVITIES
        .create(
            new LocalPost(
                ROMEO,
                "key",
                new ItemAddress(ROMEO, Namespaces.MICROBLOG, "item"),
                read.content(),
                read.dates(),
                read.page()))
        .json();
  }
}
