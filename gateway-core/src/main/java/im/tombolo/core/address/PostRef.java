package im.tombolo.core.address;

/** What the URL of a post names: whose it is, and its key. */
public record PostRef(Jid account, String key) {}
