package im.tombolo.app.cluster;

import im.tombolo.core.xml.Element;
import im.tombolo.xmpp.ComponentLink;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The component link as the leader has it.
 *
 * @param stanzas takes what arrives
 * @param missed is told for how long nobody led, before the link comes up
 */
public record LinkDuties(ComponentLink link, Consumer<Element> stanzas, Consumer<Duration> missed)
    implements Leadership.Duties {
  private static final Logger LOG = LoggerFactory.getLogger(LinkDuties.class);

  @Override
  public void begin(Optional<Duration> away, BooleanSupplier isHeld) {
    LOG.info("this process has the XMPP link from now on");
    away.ifPresent(missed);
    link.start(stanzas, isHeld);
  }

  @Override
  public void drop() {
    link.cut();
  }

  @Override
  public void end() {
    link.close();
  }

  @Override
  public boolean linkIsUp() {
    return link.connected();
  }
}
