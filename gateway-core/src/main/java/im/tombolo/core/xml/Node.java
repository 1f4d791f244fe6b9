package im.tombolo.core.xml;

/** A node of the tree: an element or a run of text. */
public sealed interface Node permits Element, Text {}
