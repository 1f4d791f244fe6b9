package im.tombolo.xmpp.service;

import im.tombolo.core.xml.Element;
import java.util.List;
import java.util.Optional;

/** Several desks of one JID, side by side. */
record Desks(List<Commands.Desk> desks) implements Commands.Desk {
  @Override
  public boolean owns(String node) {
    return desks.stream().anyMatch(desk -> desk.owns(node));
  }

  @Override
  public List<Commands.Offer> offers(IqRequest request) {
    return desks.stream().flatMap(desk -> desk.offers(request).stream()).toList();
  }

  @Override
  public Optional<Commands.Step> start(IqRequest request, String node) {
    return of(node).flatMap(desk -> desk.start(request, node));
  }

  @Override
  public Optional<Commands.Step> submit(IqRequest request, String node, Element form) {
    return of(node).flatMap(desk -> desk.submit(request, node, form));
  }

  private Optional<Commands.Desk> of(String node) {
    return desks.stream().filter(desk -> desk.owns(node)).findFirst();
  }
}
