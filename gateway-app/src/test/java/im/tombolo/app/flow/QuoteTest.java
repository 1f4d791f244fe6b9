package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.ATOM;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.QuoteStamp;
import im.tombolo.core.port.XmppNetwork.Item;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Posts that speak about posts, and the leave to do so (FEP-044f). */
class QuoteTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void meet() {
    BOB.joins(flows.fediverse());
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.isFollowedBy(ROMEO, ADA);
    flows.compare();
    flows.follows(JULIET, ADA);
    flows.advance(Duration.ofMinutes(1));
    flows.receives(ADA.creates("c1", ADA.note("1", "Hello", flows.now())), ADA);
    flows.told();
  }

  private Item quoting(String id, ItemAddress quoted) {
    return Entries.with(
        id,
        "<title>So true</title><updated>%s</updated><link rel='related' href='%s'/>"
            .formatted(flows.now(), quoted.uri()));
  }

  private ItemAddress adasPost() {
    return new ItemAddress(flows.virtual(ADA), MICROBLOG, Ids.itemId(ADA.post("1")));
  }

  private Delivery sent(String type) {
    return flows.sent().stream()
        .filter(delivery -> delivery.type().equals(type))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aQuoteOfTheFediverseIsAskedFor() {
    flows.publishes(ROMEO, quoting("2", adasPost()));

    List<Delivery> deliveries = flows.deliveries();
    assertThat(deliveries).extracting(Delivery::type).containsExactly("Create", "QuoteRequest");
    assertThat(deliveries.getFirst().text("/object/quote")).isEqualTo(ADA.post("1").toString());
    Delivery request = deliveries.getLast();
    assertThat(request.inbox()).isEqualTo(ADA.inbox());
    assertThat(request.text("/object")).isEqualTo(ADA.post("1").toString());
    assertThat(request.text("/instrument/id")).isEqualTo(deliveries.getFirst().text("/object/id"));
  }

  @Test
  void whatIsQuotedAndNotKnownIsALink() {
    ItemAddress unknown = new ItemAddress(Jid.of("x@elsewhere.example"), MICROBLOG, "9");
    flows.publishes(ROMEO, quoting("2", unknown));

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(create ->
            assertThat(create.text("/object/content")).contains("xmpp:x@elsewhere.example"));
  }

  private void answers(Peer who, String request, URI stamp) {
    flows.receives(
        """
        {"id":"%s","type":"Accept","actor":"%s","object":"%s","result":"%s"}
        """
            .formatted(who.activity("accept"), who.id(), request, stamp),
        who);
  }

  @Test
  void theLeaveIsToldToFollowers() {
    flows.publishes(ROMEO, quoting("2", adasPost()));
    String request = sent("QuoteRequest").text("/id");
    answers(ADA, request, ADA.on("/stamps/1"));

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(update -> {
          assertThat(update.type()).isEqualTo("Update");
          assertThat(update.text("/object/quoteAuthorization"))
              .isEqualTo(ADA.on("/stamps/1").toString());
        });
  }

  @Test
  void case63_nobodyElseGivesLeave() {
    flows.publishes(ROMEO, quoting("2", adasPost()));
    String request = sent("QuoteRequest").text("/id");
    answers(BOB, request, BOB.on("/stamps/1"));
    answers(ADA, request, BOB.on("/stamps/1"));

    assertThat(flows.deliveries()).isEmpty();
  }

  private String asks(URI quoted) {
    return """
    {"id":"%s","type":"QuoteRequest","actor":"%s","object":"%s","instrument":"%s"}
    """
        .formatted(BOB.activity("ask"), BOB.id(), quoted, BOB.post("9"));
  }

  @Test
  void whoAsksToQuoteAPublicPostMay() {
    flows.publishes(ROMEO, Entries.item("1", "Soft", flows.now()));
    URI post = URI.create(sent("Create").text("/object/id"));
    flows.receives(asks(post), BOB);

    Delivery accept = sent("Accept");
    assertThat(accept.inbox()).isEqualTo(BOB.inbox());
    String stamp = accept.text("/result");
    String key = stamp.substring(stamp.lastIndexOf('/') + 1);
    Optional<QuoteStamp> kept = flows.find(session -> session.quotes().findStamp(ROMEO, key));
    assertThat(kept).map(QuoteStamp::quoting).contains(BOB.post("9"));
  }

  @Test
  void whatIsNotThereIsNotQuoted() {
    flows.publishes(ROMEO, Entries.item("1", "Soft", flows.now()));
    URI post = URI.create(sent("Create").text("/object/id"));
    flows.retracts(ROMEO, "1");
    flows.sent();
    flows.receives(asks(post), BOB);

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Reject");
  }

  @Test
  void aQuoteOfTheFediverseIsALinkOnXmpp() {
    String note =
        ADA.note(
            "2",
            "So true</p><p>RE: " + BOB.post("1"),
            flows.now(),
            Optional.empty(),
            "\"quote\":\"" + BOB.post("1") + "\"," + Peer.TO_ALL);
    flows.receives(ADA.creates("c2", note), ADA);

    Notice notice = flows.notices().getLast();
    assertThat(notice.title()).isEqualTo("So true\n\nRE: " + BOB.post("1"));
    assertThat(notice.payload().children("link", ATOM))
        .anySatisfy(link -> {
          assertThat(link.attributeOr("rel", "")).isEqualTo("related");
          assertThat(link.attributeOr("href", "")).isEqualTo(BOB.post("1").toString());
        });
  }
}
