package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Poll;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Polls;
import im.tombolo.core.port.RemotePosts.Page;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.text.Html;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Polls. XMPP has no word for them: people here vote and ask by ad-hoc commands, or with a comment
 * that is an option's number or name. Safe for any thread.
 */
public final class PollBridge {
  public static final Duration SHORTEST = Duration.ofMinutes(5);
  public static final Duration LONGEST = Duration.ofDays(30);

  /** Polls of one account that are offered. */
  public static final int MAX_SHOWN = 20;

  private static final int MAX_QUESTION = 5_000;
  private static final int MAX_OPTION = 200;
  private static final int RECENT = 100;
  // Followers are told of counts at most that often.
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int BATCH = 50;
  private static final String NODE = "polls";

  private final Store store;
  private final TimelineBridge timelines;
  private final BridgeSettings settings;
  private final GatewayUrls urls;
  private final PostBridge posts;
  private final Postings postings;
  private final ActivityWriter activities;
  private final Notices notices = new Notices();

  public PollBridge(
      Store store, References references, TimelineBridge timelines, BridgeSettings settings) {
    this.store = store;
    this.timelines = timelines;
    this.settings = settings;
    this.urls = settings.urls();
    this.posts = new PostBridge(references, settings);
    this.postings = new Postings(settings);
    this.activities = new ActivityWriter(urls);
  }

  /** What came of a vote. */
  public sealed interface Voted {
    /** It is on its way. */
    record Sent() implements Voted {}

    /** The poll has ended. */
    record Over() implements Voted {}

    /** It is no poll, or has no such option, or not so many may be chosen. */
    record NotThere() implements Voted {}
  }

  /**
   * A poll that somebody wants to start.
   *
   * @param options 2 to {@link Poll#MAX_OPTIONS}
   * @param open {@link #SHORTEST} to {@link #LONGEST}
   */
  public record Draft(String question, List<String> options, boolean multiple, Duration open) {
    public Draft {
      options = options.stream().map(String::strip).filter(option -> !option.isEmpty()).toList();
    }

    /** What has to be changed about it; empty when nothing. */
    Optional<String> mistake() {
      if (question.isBlank() || question.length() > MAX_QUESTION) {
        return Optional.of("the question has 1 to " + MAX_QUESTION + " characters");
      }
      if (options.size() < 2
          || options.size() > Poll.MAX_OPTIONS
          || new HashSet<>(options).size() < options.size()) {
        return Optional.of("there are 2 to " + Poll.MAX_OPTIONS + " options, all different");
      }
      if (options.stream().anyMatch(option -> option.length() > MAX_OPTION)) {
        return Optional.of("an option has at most " + MAX_OPTION + " characters");
      }
      return open.compareTo(SHORTEST) < 0 || open.compareTo(LONGEST) > 0
          ? Optional.of("a poll is open for five minutes to 30 days")
          : Optional.empty();
    }
  }

  /** What came of a draft. */
  public sealed interface Made {
    record Published(URI post) implements Made {}

    /**
     * @param mistake a clause that says what is expected
     */
    record Wrong(String mistake) implements Made {}
  }

  // Polls of the fediverse

  /** Polls of an account that one can vote in, newest first. */
  public Answer<List<Posting>> open(RemoteActor actor, Jid addressed, Jid reader) {
    Instant now = settings.clock().instant();
    return timelines
        .posts(actor, addressed, reader, new Page(Optional.empty(), true, RECENT, false))
        .map(timeline ->
            timeline.postings().stream()
                .filter(posting ->
                    posting.content().poll().filter(poll -> poll.isOpen(now)).isPresent())
                .limit(MAX_SHOWN)
                .toList());
  }

  /**
   * @param chosen places of options, from 1
   * @return {@link Answer.Closed} for who is not served here
   */
  public Answer<Voted> vote(Jid addressed, Jid from, String itemId, Set<Integer> chosen) {
    Jid voter = from.bare();
    if (!mayAct(voter)) {
      return new Answer.Closed<>();
    }
    return timelines
        .actor(addressed)
        .flatMap(actor ->
            timelines
                .post(actor, voter, itemId)
                .map(kept -> vote(actor, kept.post(), voter, chosen)));
  }

  boolean mayAct(Jid person) {
    return urls.serves(person)
        && store.inTransaction(session -> LocalAccounts.isBridged(session, settings, person));
  }

  Voted vote(RemoteActor author, RemotePost question, Jid voter, Set<Integer> chosen) {
    Optional<Poll> poll = question.content().poll();
    if (poll.isEmpty() || !fits(poll.get(), chosen)) {
      return new Voted.NotThere();
    }
    Instant now = settings.clock().instant();
    if (!poll.get().isOpen(now)) {
      return new Voted.Over();
    }
    List<String> options =
        new TreeSet<>(chosen)
            .stream().map(place -> poll.get().options().get(place - 1).name()).toList();
    store.inTransaction(session -> {
      CommentBridge.acting(session, voter);
      for (Written vote : activities.vote(voter, question.id(), question.author(), options, now)) {
        session
            .activities()
            .add(new Activities.Sent(vote.key(), voter, false, vote.json(), vote.turn()));
        session.deliveries().add(vote.key(), author.endpoints().inbox());
      }
      return true;
    });
    return new Voted.Sent();
  }

  private static boolean fits(Poll poll, Set<Integer> chosen) {
    return !chosen.isEmpty()
        && (chosen.size() == 1 || poll.multiple())
        && chosen.stream().allMatch(place -> place >= 1 && place <= poll.options().size());
  }

  /** What a comment chooses: an option's name, or numbers; empty when it is only a comment. */
  static Optional<Set<Integer>> chosen(Poll poll, String comment) {
    String text = comment.strip();
    List<String> names = poll.options().stream().map(option -> option.name().strip()).toList();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))) {
        return Optional.of(Set.of(i + 1));
      }
    }
    if (!text.matches("[0-9]{1,3}(?:[\\s,]+[0-9]{1,3}){0,19}")) {
      return Optional.empty();
    }
    Set<Integer> places =
        List.of(text.split("[\\s,]+")).stream().map(Integer::valueOf).collect(Collectors.toSet());
    return Optional.of(places).filter(all -> fits(poll, all));
  }

  // Polls of ours

  /**
   * Starts a poll; the gateway keeps it, since nobody but its owner may write in a blog.
   *
   * @return {@link Answer.Closed} for who is not served here
   */
  public Answer<Made> start(Jid from, Draft draft) {
    Jid author = from.bare();
    if (!mayAct(author)) {
      return new Answer.Closed<>();
    }
    Optional<String> mistake = draft.mistake();
    return Answer.got(
        mistake.isPresent()
            ? new Made.Wrong(mistake.get())
            : new Made.Published(store.inTransaction(session -> started(session, author, draft))));
  }

  private URI started(Session session, Jid author, Draft draft) {
    Instant now = settings.clock().instant();
    Poll poll =
        new Poll(
            draft.options().stream().map(name -> new Poll.Option(name, 0)).toList(),
            draft.multiple(),
            Optional.of(now.plus(draft.open())),
            false,
            Optional.of(0L));
    String key = Ids.key("poll", author.toString(), now.toString(), draft.question());
    Content content =
        Content.of(Html.ofPlainText(draft.question())).toBuilder().poll(Optional.of(poll)).build();
    LocalPost post =
        new LocalPost(
            author,
            key,
            new ItemAddress(settings.virtual().component(), NODE, key),
            content,
            new Dates(now, now),
            Optional.empty());
    URI question = urls.post(author, key);
    CommentBridge.acting(session, author);
    session.polls().add(new Polls.Poll(question, author, key, now.plus(draft.open())));
    posts.publish(session, post);
    return question;
  }

  /** What became of one's own polls, newest first. */
  public List<LocalPost> own(Jid author) {
    return store.inTransaction(session ->
        session.polls().ofAccount(author.bare(), MAX_SHOWN).stream()
            .flatMap(poll ->
                postings.local(session, poll.question()).stream()
                    .map(post -> counted(session, post, post.content().poll().orElseThrow())))
            .toList());
  }

  /** Somebody votes in a poll of ours. */
  Effect voted(IncomingActivity.Vote vote) {
    return Effect.now(session -> {
      Optional<Poll> poll =
          postings.local(session, vote.post()).flatMap(post -> post.content().poll());
      if (poll.filter(open -> open.isOpen(settings.clock().instant())).isPresent()) {
        Set<String> names =
            poll.get().options().stream().map(Poll.Option::name).collect(Collectors.toSet());
        vote.options().stream()
            .filter(names::contains)
            .forEach(option ->
                session.polls().vote(vote.post(), vote.actor(), option, poll.get().multiple()));
      }
    });
  }

  /** Tells followers of new counts and of ends; how many polls it were. */
  public int runDue() {
    Instant now = settings.clock().instant();
    return store.inTransaction(session -> {
      List<Polls.Poll> due = session.polls().due(now, now.minus(PAUSE), BATCH);
      due.forEach(poll -> tell(session, poll, now));
      return due.size();
    });
  }

  private void tell(Session session, Polls.Poll poll, Instant now) {
    boolean ended = !poll.ends().isAfter(now);
    session.polls().told(poll.question(), now, ended);
    postings
        .local(session, poll.question())
        .ifPresent(post -> {
          Poll before = post.content().poll().orElseThrow();
          LocalPost counted =
              counted(
                  session,
                  post,
                  new Poll(
                      before.options(), before.multiple(), before.ends(), ended, before.voters()));
          posts.changed(session, counted, Ids.key("counts", now.toString()));
          if (ended) {
            notices.news(
                session,
                postings.local(session, counted),
                settings.virtual().component(),
                "Your poll has ended. " + result(counted));
          }
        });
  }

  private LocalPost counted(Session session, LocalPost post, Poll poll) {
    URI question = urls.post(post.account(), post.key());
    Map<String, Long> counts = session.polls().counts(question);
    Poll now =
        new Poll(
            poll.options().stream()
                .map(option ->
                    new Poll.Option(option.name(), counts.getOrDefault(option.name(), 0L)))
                .toList(),
            poll.multiple(),
            poll.ends(),
            poll.closed(),
            Optional.of(session.polls().voters(question)));
    return post.withContent(post.content().toBuilder().poll(Optional.of(now)).build());
  }

  /** A poll's question and counts, in words. */
  public static String result(LocalPost post) {
    return post.content().body().toPlainText()
        + ": "
        + post.content().poll().orElseThrow().options().stream()
            .map(option -> option.name() + " " + option.votes())
            .collect(Collectors.joining(", "));
  }
}
