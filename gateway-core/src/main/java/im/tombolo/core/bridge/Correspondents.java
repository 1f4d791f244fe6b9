package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.DirectMessage;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** To whom somebody here writes. Blocking; safe for any thread. */
final class Correspondents {
  /** Readers of one message: each may be looked up at a server of its own. */
  static final int MAX_PEOPLE = 20;

  private final ActorDirectory directory;
  private final GatewayUrls urls;
  private final VirtualJids virtual;

  Correspondents(ActorDirectory directory, BridgeSettings settings) {
    this.directory = directory;
    this.urls = settings.urls();
    this.virtual = settings.virtual();
  }

  /**
   * @param sender full JID
   * @param there people of the fediverse by the address that was written to, at least one; the
   *     first is whose window it is
   * @param here other people of this gateway
   */
  record Circle(Jid sender, SequencedMap<Jid, RemoteActor> there, List<Jid> here) {
    Jid owner() {
      return sender.bare();
    }

    RemoteActor first() {
      return there.firstEntry().getValue();
    }

    List<RemoteActor> actors() {
      return List.copyOf(there.values());
    }

    DirectMessage.Peer peer() {
      return new DirectMessage.Peer(first().id(), there.firstEntry().getKey());
    }

    /** Actor ids of all of them. */
    Set<URI> people(Session session, GatewayUrls urls) {
      return Stream.concat(
              there.values().stream().map(RemoteActor::id),
              here.stream()
                  .filter(jid -> session.accounts().find(jid).filter(Account::isActor).isPresent())
                  .map(urls::actor))
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

  /**
   * Several copies of one message, each to another of its readers, have the same circle but for its
   * order: so a server that sends copies for its users makes one note.
   *
   * @return {@link Answer.Closed} when they are too many
   */
  Answer<Circle> find(Jid from, Jid to, List<Jid> addressed) {
    SequencedMap<Handle, Jid> handles = new LinkedHashMap<>();
    List<Jid> here = new ArrayList<>();
    for (Jid address : Stream.concat(Stream.of(to.bare()), addressed.stream()).toList()) {
      Optional<Handle> handle = virtual.handle(address);
      handle.ifPresent(known -> handles.putIfAbsent(known, address));
      if (handle.isEmpty() && urls.serves(address) && !address.equals(from.bare())) {
        here.add(address);
      }
    }
    if (handles.size() + here.size() > MAX_PEOPLE) {
      return new Answer.Closed<>();
    }
    boolean isToNobody = !to.isDomain() && virtual.handle(to).isEmpty();
    return handles.isEmpty() || isToNobody
        ? new Answer.Missing<>()
        : people(handles).map(there -> new Circle(from, there, here));
  }

  private Answer<SequencedMap<Jid, RemoteActor>> people(Map<Handle, Jid> handles) {
    SequencedMap<Jid, RemoteActor> there = new LinkedHashMap<>();
    for (Map.Entry<Handle, Jid> person : handles.entrySet()) {
      Answer<RemoteActor> answer = directory.byHandle(person.getKey());
      if (!(answer instanceof Answer.Got<RemoteActor>(RemoteActor actor))) {
        return answer instanceof Answer.Unavailable<RemoteActor>(String reason)
            ? new Answer.Unavailable<>(reason)
            : new Answer.Missing<>();
      }
      there.put(person.getValue(), actor);
    }
    return Answer.got(there);
  }
}
