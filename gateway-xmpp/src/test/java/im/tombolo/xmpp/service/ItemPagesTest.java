package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemPagesTest {
  private static final List<Element> LIKES =
      IntStream.range(0, 600)
          .mapToObj(number ->
              Stage.xml(
                  "<item xmlns='http://jabber.org/protocol/pubsub' id='%d'><like xmlns='x'/></item>"
                      .formatted(number)))
          .toList();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"``,500", "max_items='200',200", "max_items='501',500"})
  void aWholeListShowsFiveHundredAtMost(String attributes, int expected) {
    Element pubsub =
        Stage.xml(
            "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='n' %s/></pubsub>"
                .formatted(attributes));
    IqRequest request =
        new IqRequest(Jid.of("romeo@example.org"), Jid.of(Stage.jid("ada")), false, pubsub);

    IqReply reply = ItemPages.of(request, "n", pubsub.elements().getFirst(), LIKES);

    assertThat(Stage.payload(reply).child("items", Namespaces.PUBSUB).orElseThrow().elements())
        .hasSize(expected);
  }
}
