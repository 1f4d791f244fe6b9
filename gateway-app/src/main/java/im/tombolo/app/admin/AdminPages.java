package im.tombolo.app.admin;

/** What administrators read and change beside how everything is. */
public record AdminPages(
    DeliveryPages deliveries, KeyPages keys, BlockPages blocks, FlagPages flags) {}
