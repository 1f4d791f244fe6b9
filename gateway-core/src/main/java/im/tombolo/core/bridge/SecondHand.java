package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityReader;
import im.tombolo.core.activity.IntegrityProof;
import im.tombolo.core.activity.OwnedKey;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Reading;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.Fediverse.Document;
import java.net.URI;
import java.time.Duration;

/**
 * Finds out whether an activity that somebody else than its actor brought is the actor's: by a
 * proof inside it (FEP-8b32), else at the actor's own server. Signatures of JSON-LD graphs are not
 * looked at: they were broken again and again. Safe for any thread.
 */
public final class SecondHand {
  private static final int QUESTIONS_PER_HOST = 300;
  private static final Duration TIME = Duration.ofMinutes(10);

  private final Fediverse fediverse;
  private final ActorDirectory directory;
  private final BridgeSettings settings;
  private final HostBudget questions;

  public SecondHand(Fediverse fediverse, ActorDirectory directory, BridgeSettings settings) {
    this.fediverse = fediverse;
    this.directory = directory;
    this.settings = settings;
    this.questions = new HostBudget(QUESTIONS_PER_HOST, TIME, settings.ticker());
  }

  /** What was found. */
  sealed interface Word {
    /**
     * @param json what the actor says, which may be another text than what was brought
     */
    record Of(String json) implements Word {}

    record None(String reason) implements Word {}

    /** The actor's server does not answer. */
    record Unknown(String reason) implements Word {}
  }

  /**
   * @param json what was brought
   */
  Word ask(String json, IncomingActivity activity) {
    return switch (IntegrityProof.read(json, settings.clock().instant())) {
      case Reading.Of<IntegrityProof>(IntegrityProof proof) -> byProof(json, activity, proof);
      case Reading.Refused<IntegrityProof> none -> atOrigin(json, activity);
    };
  }

  private Word byProof(String json, IncomingActivity activity, IntegrityProof proof) {
    if (!proof.actor().equals(activity.actor())) {
      return new Word.None("a proof of somebody else");
    }
    Answer<OwnedKey> known = directory.key(proof.key(), false);
    Answer<OwnedKey> key =
        known.value().filter(proof::isBy).isPresent() ? known : directory.key(proof.key(), true);
    return switch (key) {
      case Answer.Got<OwnedKey>(OwnedKey owned) when proof.isBy(owned) -> new Word.Of(json);
      case Answer.Unavailable<OwnedKey>(String reason) -> new Word.Unknown(reason);
      case Answer<OwnedKey> other -> new Word.None("a proof that does not fit its key");
    };
  }

  private Word atOrigin(String json, IncomingActivity activity) {
    if (activity instanceof IncomingActivity.Other) {
      return new Word.None("an activity of somebody else than its signer");
    }
    URI place =
        activity instanceof IncomingActivity.Delete delete ? delete.object() : activity.id();
    if (settings.urls().isOurs(place)) {
      return new Word.None("an activity of ours that comes back");
    }
    if (!questions.spend(place)) {
      return new Word.Unknown("its origin was asked too often");
    }
    return switch (fediverse.document(place)) {
      case Answer.Got<Document>(Document document) -> found(document, activity);
      // A 404 may also mean that a post is not for us.
      case Answer.Gone<Document> gone when activity instanceof IncomingActivity.Delete ->
          new Word.Of(json);
      case Answer.Unavailable<Document>(String reason) -> new Word.Unknown(reason);
      case Answer<Document> none -> new Word.None("an activity that its origin does not know");
    };
  }

  private static Word found(Document document, IncomingActivity activity) {
    return ActivityReader.read(document.json())
        .value()
        .filter(own -> own.id().equals(activity.id()) && own.actor().equals(activity.actor()))
        .filter(own -> document.isFromServerOf(own.id()))
        .<Word>map(own -> new Word.Of(document.json()))
        .orElseGet(() -> new Word.None("an activity that its origin tells otherwise"));
  }
}
