package im.tombolo.app.cluster;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.bridge.BridgeSettings;
import im.tombolo.core.bridge.LocalAccounts;
import im.tombolo.core.fake.FakeXmppNetwork;
import im.tombolo.core.model.Account;
import im.tombolo.core.port.Answer;
import im.tombolo.storage.LeaderSeat;
import im.tombolo.storage.PostgresServer;
import im.tombolo.storage.Storage;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process without the component link learns of accounts from the one that has it. */
class SharedLookupsTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final BridgeSettings SETTINGS =
      new BridgeSettings(
          new GatewayUrls(URI.create("https://example.org"), List.of("example.org")),
          new VirtualJids(Jid.domain("ap.example.org")),
          InstantSource.system(),
          BridgeSettings.Limits.DEFAULT);
  private static PostgresServer server;
  private static Storage storage;

  private final FakeXmppNetwork xmpp = new FakeXmppNetwork();
  private final FakeXmppNetwork nothing = new FakeXmppNetwork();
  private final SharedLookups there =
      new SharedLookups(storage, InstantSource.system(), () -> true);
  private final SharedLookups here =
      new SharedLookups(storage, InstantSource.system(), () -> false);
  private final LocalAccounts leaders = new LocalAccounts(storage, xmpp, there, SETTINGS);
  private final LocalAccounts ours = new LocalAccounts(storage, nothing, here, SETTINGS);
  private LeaderSeat seat;

  @BeforeAll
  static void startServer(@TempDir Path directory) {
    server = PostgresServer.start(directory.resolve("data"), 0);
    storage = Storage.open(server.settings(8), InstantSource.system());
  }

  @BeforeEach
  void lead() {
    nothing.disconnects();
    seat = LeaderSeat.open(server.settings(1), "leader");
    seat.beat(true);
    storage.inTransaction(session -> {
      session.accounts().remove(ROMEO);
      return true;
    });
  }

  @AfterEach
  void leave() {
    seat.close();
    here.close();
    there.close();
  }

  @AfterAll
  static void stopServer() {
    storage.close();
    server.close();
  }

  private Answer<Account> askedHere() {
    CompletableFuture<Answer<Account>> answer =
        CompletableFuture.supplyAsync(() -> ours.actor(ROMEO));
    await()
        .until(() -> {
          there.runDue(leaders);
          return answer.isDone();
        });
    return answer.join();
  }

  @Test
  void anAccountThatNobodyKnewIsFoundByTheLeader() {
    xmpp.opens(ROMEO, MICROBLOG);

    assertThat(askedHere().value().map(Account::address)).contains(ROMEO);
  }

  @Test
  void oneThatIsNotThereIsMissing() {
    assertThat(askedHere()).isInstanceOf(Answer.Missing.class);
  }

  @Test
  void oneWhoseServerSaysNothingIsUnavailable() {
    xmpp.isSilent(ROMEO);

    assertThat(askedHere()).isInstanceOf(Answer.Unavailable.class);
  }

  @Test
  void nobodyWaitsWhereNobodyHasTheLink() {
    seat.beat(false);

    assertThat(ours.actor(ROMEO)).isEqualTo(new Answer.Unavailable<>("the XMPP link is down"));
  }

  @Test
  void theLeaderItselfDoesNotWaitForItself() {
    xmpp.disconnects();

    assertThat(leaders.actor(ROMEO)).isEqualTo(new Answer.Unavailable<>("the XMPP link is down"));
  }
}
