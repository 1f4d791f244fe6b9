package im.tombolo.app.admin;

/** What administrators read and change beside how everything is. */
public record AdminPages(
    DeliveryPages deliveries,
    ReportPages reports,
    KeyPages keys,
    BlockPages blocks,
    FlagPages flags) {}
