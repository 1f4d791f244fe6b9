package im.tombolo.bench.scenario;

import im.tombolo.bench.peer.Hosts;
import im.tombolo.bench.xmpp.StubXmppServer;
import im.tombolo.core.activity.ActorReader;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Follower;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.RemoteActor;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is put into the gateway's storage, since thousands of requests would take too long. */
final class Seeds {
  private static final int BATCH = 5_000;

  private final Stage stage;
  private final VirtualJids virtual = new VirtualJids(Jid.domain(StubXmppServer.COMPONENT));

  Seeds(Stage stage) {
    this.stage = stage;
  }

  /**
   * Somebody's followers.
   *
   * @param hosts where they are, the same number on each
   * @param total of all hosts
   * @param shared whether they share their host's inbox, else each has one of their own
   */
  void followers(Jid account, List<Integer> hosts, int total, boolean shared) {
    Hosts all = stage.fediverse().hosts();
    for (int from = 0; from < total; from += BATCH) {
      int begin = from;
      stage
          .storage()
          .inTransaction(session -> {
            for (int i = begin; i < Math.min(total, begin + BATCH); i++) {
              int host = hosts.get(i % hosts.size());
              session.followers().add(account, follower(all, host, i / hosts.size(), shared));
            }
            return true;
          });
    }
  }

  private static Follower follower(Hosts hosts, int host, int number, boolean shared) {
    String actor = hosts.actor(host, number);
    return new Follower(
        URI.create(actor),
        URI.create(actor + "/inbox"),
        Optional.of(URI.create(hosts.origin(host) + "/inbox")).filter(inbox -> shared),
        URI.create(actor + "/follows/1"));
  }

  /** People here follow fediverse people, whose keys are known therefore: one reader each. */
  void readers(List<String> actors, int readers) {
    stage
        .storage()
        .inTransaction(session -> {
          for (int i = 0; i < actors.size(); i++) {
            RemoteActor actor = read(actors.get(i));
            session.remoteActors().save(actor);
            session
                .followings()
                .save(
                    new Following(
                        Stage.person("reader" + i % readers),
                        actor.id(),
                        virtual.of(actor.handle()),
                        stage.urls().activity("follow-" + i),
                        FollowState.ACCEPTED));
          }
          return true;
        });
  }

  private RemoteActor read(String actor) {
    String document = stage.fediverse().actors().document(actor);
    return ActorReader.read(document, Instant.now()).value().orElseThrow();
  }
}
