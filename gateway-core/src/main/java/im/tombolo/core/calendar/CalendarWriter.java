package im.tombolo.core.calendar;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.CalendarEvent.Online;
import im.tombolo.core.model.CalendarEvent.Time;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.LocalPost;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.TimeZoneRegistry;
import net.fortuna.ical4j.model.TimeZoneRegistryFactory;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Categories;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Geo;
import net.fortuna.ical4j.model.property.LastModified;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.RRule;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/** Writes events of served accounts as files that calendars read. Any thread. */
public final class CalendarWriter {
  private final GatewayUrls urls;

  public CalendarWriter(GatewayUrls urls) {
    this.urls = urls;
  }

  /** One event. */
  public String event(LocalPost post) {
    return write(List.of(post), Optional.empty());
  }

  /** The events of an account, to be subscribed to. */
  public String feed(Account account, List<LocalPost> posts) {
    String name = account.face().name();
    return write(posts, Optional.of(name.isEmpty() ? account.address().local() : name));
  }

  private String write(List<LocalPost> posts, Optional<String> name) {
    Calendar calendar = new Calendar();
    calendar.add(ImmutableVersion.VERSION_2_0);
    calendar.add(new ProdId("-//Tombolo//EN"));
    name.ifPresent(words -> calendar.add(new XProperty("X-WR-CALNAME", words)));
    Set<ZoneId> zones = new LinkedHashSet<>();
    for (LocalPost post : posts) {
      post.content()
          .event()
          .ifPresent(event -> {
            calendar.add(event(post, event));
            region(event.time()).ifPresent(zones::add);
          });
    }
    zones.forEach(zone -> zone(calendar, zone));
    return calendar.toString();
  }

  private static Optional<ZoneId> region(Time time) {
    return time.zone().filter(zone -> !(zone instanceof ZoneOffset) && !time.allDay());
  }

  private static void zone(Calendar calendar, ZoneId zone) {
    TimeZoneRegistry registry = TimeZoneRegistryFactory.getInstance().createRegistry();
    Optional.ofNullable(registry.getTimeZone(zone.getId()))
        .ifPresent(known -> calendar.add(known.getVTimeZone()));
  }

  private VEvent event(LocalPost post, CalendarEvent event) {
    Content content = post.content();
    URI id = urls.post(post.account(), post.key());
    VEvent out = new VEvent(false);
    out.add(new Uid(id.toString()));
    out.add(new DtStamp(post.dates().updated()));
    out.add(new LastModified(post.dates().updated()));
    out.add(new DtStart<>(temporal(event.time().start(), event.time())));
    event.time().end().ifPresent(end -> out.add(new DtEnd<>(temporal(end, event.time()))));
    event.time().recurrence().ifPresent(again -> out.add(new RRule<>(again.rule())));
    content.title().ifPresent(title -> out.add(new Summary(title)));
    String plain = content.body().toPlainText();
    if (!plain.isEmpty()) {
      out.add(new Description(plain));
    }
    places(event, out);
    out.add(
        switch (event.status()) {
          case CONFIRMED -> ImmutableStatus.VEVENT_CONFIRMED;
          case TENTATIVE -> ImmutableStatus.VEVENT_TENTATIVE;
          case CANCELLED -> ImmutableStatus.VEVENT_CANCELLED;
        });
    if (!content.tags().isEmpty()) {
      out.add(new Categories(String.join(",", content.tags())));
    }
    out.add(new Url(id));
    return out;
  }

  private static void places(CalendarEvent event, VEvent out) {
    String where =
        Stream.concat(
                event.venues().stream().map(venue -> venue.inOneLine()),
                event.online().stream()
                    .map(Online::address)
                    .flatMap(Optional::stream)
                    .map(URI::toString))
            .filter(place -> !place.isEmpty())
            .collect(Collectors.joining("; "));
    if (!where.isEmpty()) {
      out.add(new Location(where));
    }
    event.venues().stream()
        .flatMap(venue -> venue.coordinates().stream())
        .limit(1)
        .forEach(at ->
            out.add(
                new Geo(BigDecimal.valueOf(at.latitude()), BigDecimal.valueOf(at.longitude()))));
  }

  /** In a zone that has rules, the hour of the clocks there; else that of UTC. */
  private static Temporal temporal(Instant at, Time time) {
    if (time.allDay()) {
      return LocalDate.ofInstant(at, time.shownIn());
    }
    return region(time).<Temporal>map(at::atZone).orElse(at);
  }
}
