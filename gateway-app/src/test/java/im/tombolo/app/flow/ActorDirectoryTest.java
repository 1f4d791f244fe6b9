package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.OwnedKey;
import im.tombolo.core.address.Handle;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is who on the fediverse. */
class ActorDirectoryTest {
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer EVE = Peer.of("eve", "evil.example");
  private static final Duration STALE = Duration.ofHours(12);
  private static final Duration FAILED = Duration.ofMinutes(1);
  private static final Duration NO_KEY = Duration.ofMinutes(15);
  private static final Duration JUST_READ = Duration.ofMinutes(10);

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void meet() {
    ADA.joins(flows.fediverse());
    EVE.joins(flows.fediverse());
  }

  private Answer<RemoteActor> byHandle(String handle) {
    return flows.directory().byHandle(Handle.parse(handle).orElseThrow());
  }

  private Optional<URI> idOf(String handle) {
    return byHandle(handle).value().map(RemoteActor::id);
  }

  private long questions() {
    return flows.fediverse().asked().size();
  }

  @Nested
  class ByHandle {
    @Test
    void anAccountIsFoundAndRemembered() {
      assertThat(idOf("ada@social.example")).contains(ADA.id());
      flows.fediverse().forgetsQuestions();

      assertThat(idOf("ADA@Social.Example")).contains(ADA.id());

      assertThat(questions()).isZero();
    }

    @Test
    void aHandleOnADomainOfItsOwnCountsWhenTheServerAgrees() {
      Handle own = new Handle("ada", "ada.example");
      flows.fediverse().knows(own, own, ADA.id());
      flows.fediverse().knows(ADA.handle(), own, ADA.id());

      assertThat(byHandle("ada@ada.example").value().map(RemoteActor::handle)).contains(own);
    }

    @Test
    void case20_aHandleThatTheServerDoesNotAgreeToIsNobodys() {
      Handle claimed = new Handle("ada", "evil.example");
      flows.fediverse().knows(claimed, claimed, ADA.id());

      assertThat(byHandle("ada@evil.example")).isInstanceOf(Answer.Missing.class);
    }

    @Test
    void case20_aServerCannotClaimTheHandleOfAnother() {
      String claims = ",\"webfinger\":\"ada@social.example\"";
      flows.fediverse().holds(EVE.id(), EVE.document("", "pem", claims));

      flows.directory().byId(EVE.id());

      assertThat(idOf("ada@social.example")).contains(ADA.id());
      assertThat(flows.directory().byId(EVE.id()).value().map(RemoteActor::handle))
          .map(Handle::host)
          .contains("evil.example");
    }

    @Test
    void aHandleWhoseServerNamesAnAccountOfOursIsNobodys() {
      URI ours = URI.create("https://example.org/users/example.org/romeo");
      flows.fediverse().knows(EVE.handle(), EVE.handle(), ours);
      flows.fediverse().forgetsQuestions();

      assertThat(byHandle("eve@evil.example")).isInstanceOf(Answer.Missing.class);
      assertThat(flows.fediverse().asked()).containsExactly("FINGER eve@evil.example");
    }

    @Test
    void aHandleThatMovedIsTheNewAccounts() {
      assertThat(idOf("ada@social.example")).contains(ADA.id());
      URI id = ADA.on("/users/0-ada-again");
      String document = ADA.document("", "pem").replace(ADA.id().toString(), id.toString());
      flows.fediverse().holds(id, document);
      flows.fediverse().knows(ADA.handle(), ADA.handle(), id);
      flows.advance(STALE);

      assertThat(idOf("ada@social.example")).contains(id);
      flows.fediverse().forgetsQuestions();
      assertThat(idOf("ada@social.example")).contains(id);
      assertThat(questions()).isZero();
    }

    @Test
    void aHandleThatMovedToALaterIdIsTheNewAccountsToo() {
      assertThat(idOf("ada@social.example")).contains(ADA.id());
      URI id = ADA.on("/users/z-ada-again");
      String document = ADA.document("", "pem").replace(ADA.id().toString(), id.toString());
      flows.fediverse().holds(id, document);
      flows.fediverse().knows(ADA.handle(), ADA.handle(), id);
      flows.advance(STALE);

      assertThat(idOf("ada@social.example")).contains(id);
      flows.fediverse().forgetsQuestions();
      assertThat(idOf("ada@social.example")).contains(id);
      assertThat(questions()).isZero();
    }

    @Test
    void aFailureIsRememberedForAMinute() {
      flows.fediverse().goesDown(ADA.host());
      assertThat(byHandle("ada@social.example")).isInstanceOf(Answer.Unavailable.class);
      flows.fediverse().goesUp(ADA.host());

      assertThat(byHandle("ada@social.example")).isInstanceOf(Answer.Unavailable.class);
      flows.advance(FAILED);

      assertThat(idOf("ada@social.example")).contains(ADA.id());
    }

    @Test
    void whoWasKnownStaysKnownWhileTheServerIsDown() {
      byHandle("ada@social.example");
      flows.advance(STALE);
      flows.fediverse().goesDown(ADA.host());

      assertThat(idOf("ada@social.example")).contains(ADA.id());
    }

    @Test
    void whoIsGoneIsNotKnownAnyMore() {
      byHandle("ada@social.example");
      flows.advance(STALE);
      flows.fediverse().answers(ADA.id(), new Answer.Gone<>());

      assertThat(byHandle("ada@social.example")).isInstanceOf(Answer.Gone.class);
    }
  }

  @Nested
  class ById {
    @Test
    void case22_aDocumentThatSaysAnotherIdIsAskedForThereOnce() {
      URI alias = ADA.on("/@ada");
      flows.fediverse().holds(alias, ADA.document("", "pem"));

      assertThat(flows.directory().byId(alias).value().map(RemoteActor::id)).contains(ADA.id());
    }

    @Test
    void aDocumentIsTakenWhereARedirectLeads() {
      URI alias = ADA.on("/@ada");
      flows.fediverse().holds(alias, ADA.id(), ADA.document("", "pem"));

      assertThat(flows.directory().byId(alias).value().map(RemoteActor::id)).contains(ADA.id());
      assertThat(questions()).isEqualTo(1);
    }

    @Test
    void case22_documentsThatNameEachOtherAreNobody() {
      URI other = EVE.on("/users/other");
      String there = EVE.document("", "pem");
      flows.fediverse().holds(EVE.id(), there.replace(EVE.id().toString(), other.toString()));
      flows.fediverse().holds(other, there);

      assertThat(flows.directory().byId(EVE.id())).isInstanceOf(Answer.Missing.class);
      assertThat(questions()).isEqualTo(2);
    }

    @Test
    void case22_nobodySpeaksUnderTheIdOfAnother() {
      flows.fediverse().holds(EVE.id(), ADA.document("<p>Forged</p>", "forged"));

      flows.directory().byId(EVE.id());

      assertThat(flows.directory().byId(ADA.id()).value())
          .map(ada -> ada.keys().getFirst().pem())
          .contains("pem");
    }

    @Test
    void ourOwnAccountsAreNotAskedForThere() {
      URI ours = URI.create("https://example.org/users/example.org/romeo");

      assertThat(flows.directory().byId(ours)).isInstanceOf(Answer.Missing.class);
      assertThat(questions()).isZero();
    }
  }

  @Nested
  class Keys {
    private final URI keyId = URI.create(ADA.id() + "#main-key");

    private Answer<OwnedKey> key(boolean fresh) {
      return flows.directory().key(keyId, fresh);
    }

    private Optional<String> pem(boolean fresh) {
      return key(fresh).value().map(OwnedKey::pem);
    }

    @Test
    void aKeyIsReadFromItsOwnerAndRemembered() {
      assertThat(key(false).value())
          .hasValueSatisfying(key -> assertThat(key.owner()).isEqualTo(ADA.id()));
      key(false);

      assertThat(questions()).isEqualTo(1);
    }

    @Test
    void aKeyInADocumentOfItsOwnBelongsToWhoListsIt() {
      URI place = ADA.on("/users/ada/main-key");
      String key =
          "{\"id\":\"%s\",\"owner\":\"%s\",\"publicKeyPem\":\"pem\"}".formatted(place, ADA.id());
      flows.fediverse().holds(place, key);
      assertThat(flows.directory().key(place, false)).isInstanceOf(Answer.Missing.class);

      flows
          .fediverse()
          .holds(ADA.id(), ADA.document("", "pem").replace(keyId.toString(), place.toString()));
      flows.advance(NO_KEY);

      assertThat(flows.directory().key(place, false).value().map(OwnedKey::owner))
          .contains(ADA.id());
    }

    @Test
    void case5_nobodyOwnsAKeyThatTheOwnersDocumentDoesNotList() {
      URI place = EVE.on("/key");
      String key =
          "{\"id\":\"%s\",\"owner\":\"%s\",\"publicKeyPem\":\"evil\"}".formatted(place, ADA.id());
      flows.fediverse().holds(place, key);

      assertThat(flows.directory().key(place, false)).isInstanceOf(Answer.Missing.class);
    }

    @Test
    void case53_aNewKeyCountsAfterOneQuestion() {
      assertThat(pem(false)).contains("pem");
      flows.fediverse().holds(ADA.id(), ADA.document("", "new"));
      flows.advance(JUST_READ);

      assertThat(pem(false)).contains("pem");
      assertThat(pem(true)).contains("new");
      assertThat(pem(false)).contains("new");
      assertThat(questions()).isEqualTo(2);
    }

    @Test
    void case53_badSignaturesCostOneQuestionInTenMinutes() {
      for (int i = 0; i < 10; i++) {
        key(true);
      }
      assertThat(questions()).isEqualTo(1);

      flows.advance(JUST_READ);
      key(true);

      assertThat(questions()).isEqualTo(2);
    }

    @Test
    void case39_aKeyThatIsNotThereIsAskedForOnceInAQuarterOfAnHour() {
      flows.fediverse().answers(ADA.id(), new Answer.Gone<>());
      for (int i = 0; i < 1_000; i++) {
        assertThat(key(false)).isInstanceOf(Answer.Gone.class);
      }
      assertThat(questions()).isEqualTo(1);

      flows.advance(NO_KEY);
      key(false);

      assertThat(questions()).isEqualTo(2);
    }

    @Test
    void case39_aServerThatDoesNotAnswerIsAskedAgainAfterAMinute() {
      flows.fediverse().answers(ADA.id(), new Answer.Unavailable<>("down"));
      key(false);
      key(false);
      assertThat(questions()).isEqualTo(1);

      flows.advance(FAILED);
      key(false);

      assertThat(questions()).isEqualTo(2);
    }

    @Test
    void case53_aHostWhoseKeysAreNotThereIsNotAskedAboutEachOfThem() {
      for (int i = 0; i < 1_000; i++) {
        flows.directory().key(EVE.on("/nobody" + i + "#main-key"), false);
      }

      assertThat(questions()).isEqualTo(300);
      assertThat(flows.directory().key(EVE.on("/nobody#main-key"), false))
          .isInstanceOf(Answer.Unavailable.class);
      assertThat(key(false).value()).isPresent();
    }

    @Test
    void theIdOfAnActorStandsForItsKeyAsOldPeerTubeHasIt() {
      assertThat(flows.directory().key(ADA.id(), false).value().map(OwnedKey::pem)).contains("pem");
      assertThat(flows.directory().key(ADA.id(), false).value().map(OwnedKey::owner))
          .contains(ADA.id());
    }

    @Test
    void case6_aKeyOnAnotherServerThanItsActorIsNobodys() {
      URI place = EVE.on("/ada");
      flows.fediverse().holds(place, ADA.document("", "evil").replace("#main-key", "#other"));

      assertThat(flows.directory().key(URI.create(place + "#main-key"), false))
          .isInstanceOf(Answer.Missing.class);
    }

    @Test
    void aKnownKeyCountsWhileItsServerIsDownButNotAsFresh() {
      key(false);
      flows.fediverse().goesDown(ADA.host());
      flows.advance(STALE);

      assertThat(pem(false)).contains("pem");
      assertThat(key(true)).isInstanceOf(Answer.Unavailable.class);
    }

    @Test
    void keysOfOursAreNotAskedFor() {
      URI ours = URI.create("https://example.org/users/example.org/romeo#main-key");

      assertThat(flows.directory().key(ours, false)).isInstanceOf(Answer.Missing.class);
      assertThat(questions()).isZero();
    }
  }
}
