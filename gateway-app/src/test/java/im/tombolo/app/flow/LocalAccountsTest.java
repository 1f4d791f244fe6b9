package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.LocalAccounts.Publication;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.port.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the fediverse may see. */
class LocalAccountsTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid SERVICE = Jid.domain("pubsub.example.org");

  @RegisterExtension private final Flows flows = new Flows();

  private Answer<Account> romeo() {
    return flows.accounts().actor(ROMEO);
  }

  @Test
  void anAccountWithAnOpenBlogIsAnActor() {
    flows.xmpp().opens(ROMEO, MICROBLOG);

    assertThat(romeo().value())
        .hasValueSatisfying(account -> {
          assertThat(account.kind()).isEqualTo(ActorKind.PERSON);
          assertThat(account.blog()).isEqualTo(Account.Blog.OPEN);
        });
  }

  @Test
  void aKnownActorIsNotAskedFor() {
    flows.xmpp().opens(ROMEO, MICROBLOG);
    romeo();
    flows.xmpp().forgetsQuestions();

    assertThat(romeo()).isInstanceOf(Answer.Got.class);
    assertThat(flows.xmpp().asked()).isEmpty();
  }

  @Test
  void aNodeOfAPubsubServiceIsAGroup() {
    flows.xmpp().isA(SERVICE, "pubsub/service");
    flows.xmpp().opens(SERVICE, "News of Verona");
    Jid news = Jid.of("news\\20of\\20verona@pubsub.example.org");

    assertThat(flows.accounts().actor(news)).isInstanceOf(Answer.Missing.class);
    flows.xmpp().opens(SERVICE, "news of verona");
    flows.advance(Duration.ofSeconds(30));

    assertThat(flows.accounts().actor(news).value().map(Account::kind)).contains(ActorKind.GROUP);
  }

  @Test
  void aServiceIsNoPersonsServer() {
    flows.xmpp().isA(SERVICE, "pubsub/service");
    Jid person = Jid.of("romeo@pubsub.example.org");
    flows.xmpp().opens(person, MICROBLOG);

    assertThat(flows.accounts().actor(person)).isInstanceOf(Answer.Missing.class);
  }

  @Test
  void aClosedBlogIsAsMissingAsNone() {
    assertThat(romeo()).isInstanceOf(Answer.Missing.class);
    flows.advance(Duration.ofSeconds(30));
    flows.xmpp().closes(ROMEO, MICROBLOG);

    assertThat(romeo()).isInstanceOf(Answer.Missing.class);
  }

  @Test
  void whoIsMissingIsAskedForAgainAfterHalfAMinute() {
    romeo();
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.xmpp().forgetsQuestions();
    assertThat(romeo()).isInstanceOf(Answer.Missing.class);
    assertThat(flows.xmpp().asked()).isEmpty();

    flows.advance(Duration.ofSeconds(30));

    assertThat(romeo()).isInstanceOf(Answer.Got.class);
  }

  @Test
  void aServerThatDoesNotAnswerLeavesItOpenWhetherSomebodyIsThere() {
    flows.xmpp().isSilent(ROMEO);

    assertThat(romeo()).isInstanceOf(Answer.Unavailable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"romeo@elsewhere.example", "example.org", "romeo@example.org/phone"})
  void nobodyElseIsAskedFor(String address) {
    assertThat(flows.accounts().actor(Jid.of(address))).isInstanceOf(Answer.Missing.class);
    assertThat(flows.xmpp().asked()).isEmpty();
  }

  @Test
  void anAccountIsFoundByItsHandle() {
    flows.xmpp().opens(ROMEO, MICROBLOG);

    assertThat(flows.accounts().actor(new Handle("romeo", "example.org")).value())
        .map(Account::address)
        .contains(ROMEO);
    assertThat(flows.accounts().actor(new Handle("romeo", "elsewhere.example")))
        .isInstanceOf(Answer.Missing.class);
  }

  @Test
  void aPostThatNeverWasIsUnknown() {
    assertThat(flows.accounts().post(ROMEO, "never")).isEqualTo(new Publication.Unknown());
  }
}
