package im.tombolo.core.xml;

/** A run of text, unescaped. */
public record Text(String value) implements Node {}
