package im.tombolo.core.xml;

/** Namespaces and node names, by the specification that defines them. */
public final class Namespaces {
  public static final String ATOM = "http://www.w3.org/2005/Atom";
  public static final String THREADING = "http://purl.org/syndication/thread/1.0";
  public static final String XHTML = "http://www.w3.org/1999/xhtml";
  public static final String PUBSUB = "http://jabber.org/protocol/pubsub";
  public static final String PUBSUB_EVENT = "http://jabber.org/protocol/pubsub#event";
  public static final String PUBSUB_ERRORS = "http://jabber.org/protocol/pubsub#errors";
  public static final String PUBSUB_OWNER = "http://jabber.org/protocol/pubsub#owner";
  public static final String PUBSUB_META_DATA = "http://jabber.org/protocol/pubsub#meta-data";
  public static final String MICROBLOG = "urn:xmpp:microblog:0";

  /** What the names of comments nodes begin with; the rest names the item (XEP-0277 §4). */
  public static final String COMMENTS = "urn:xmpp:microblog:0:comments/";

  /** XEP-0356; ejabberd 23 has the first. */
  public static final String PRIVILEGE = "urn:xmpp:privilege:2";

  public static final String PRIVILEGE_1 = "urn:xmpp:privilege:1";
  public static final String FORWARD = "urn:xmpp:forward:0";

  /** XEP-0470. */
  public static final String ATTACHMENTS = "urn:xmpp:pubsub-attachments:1";

  public static final String ATTACHMENTS_SUMMARY = "urn:xmpp:pubsub-attachments:summary:1";

  /** XEP-0471: the payload, and a person's node. */
  public static final String CALENDAR_EVENTS = "urn:xmpp:calendar-events:0";

  /** What XEP-0471 was called before 0.2. */
  public static final String EVENTS = "urn:xmpp:events:0";

  /** XEP-0249. */
  public static final String CONFERENCE = "jabber:x:conference";

  /** XEP-0465. */
  public static final String PPS = "urn:xmpp:pps:0";

  public static final String PPS_SUBSCRIPTIONS = "urn:xmpp:pps:subscriptions:0";

  /** What the names of lists of subscribers begin with; the rest names the node. */
  public static final String PPS_SUBSCRIBERS = "urn:xmpp:pps:subscribers:0/";

  /** Movim's public list of whom somebody follows (XEP-0330). */
  public static final String MOVIM_SUBSCRIPTIONS = "urn:xmpp:pubsub:subscription";

  public static final String MOVIM_SUBSCRIPTION = "urn:xmpp:pubsub:subscription:0";
  public static final String REFERENCE = "urn:xmpp:reference:0";
  public static final String MENTIONS = "urn:xmpp:mentions:0";
  public static final String GEOLOC = "http://jabber.org/protocol/geoloc";
  public static final String OOB = "jabber:x:oob";
  public static final String SFS = "urn:xmpp:sfs:0";
  public static final String FILE_METADATA = "urn:xmpp:file:metadata:0";
  public static final String URL_DATA = "http://jabber.org/protocol/url-data";
  public static final String THUMBS = "urn:xmpp:thumbs:1";
  public static final String SIMS = "urn:xmpp:sims:1";
  public static final String JINGLE_FILE = "urn:xmpp:jingle:apps:file-transfer:5";

  /** XEP-0033. */
  public static final String ADDRESS = "http://jabber.org/protocol/address";

  /** XEP-0184. */
  public static final String RECEIPTS = "urn:xmpp:receipts";

  /** XEP-0308. */
  public static final String CORRECT = "urn:xmpp:message-correct:0";

  /** XEP-0359. */
  public static final String STANZA_IDS = "urn:xmpp:sid:0";

  /** XEP-0424. */
  public static final String RETRACT = "urn:xmpp:message-retract:1";

  /** What XEP-0424 was before, inside of {@link #FASTEN}. */
  public static final String RETRACT_0 = "urn:xmpp:message-retract:0";

  /** XEP-0422. */
  public static final String FASTEN = "urn:xmpp:fasten:0";

  /** XEP-0428. */
  public static final String FALLBACK = "urn:xmpp:fallback:0";

  /** XEP-0444. */
  public static final String REACTIONS = "urn:xmpp:reactions:0";

  /** XEP-0461. */
  public static final String REPLY = "urn:xmpp:reply:0";

  public static final String HINTS = "urn:xmpp:hints";
  public static final String VCARD4_NODE = "urn:xmpp:vcard4";
  public static final String VCARD4 = "urn:ietf:params:xml:ns:vcard-4.0";
  public static final String VCARD_TEMP = "vcard-temp";
  public static final String AVATAR_DATA = "urn:xmpp:avatar:data";
  public static final String AVATAR_METADATA = "urn:xmpp:avatar:metadata";

  /** Movim's wide picture of a profile: avatar metadata with an address. */
  public static final String BANNER = "urn:xmpp:movim-banner:0";

  public static final String NICK = "http://jabber.org/protocol/nick";
  public static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
  public static final String DISCO_ITEMS = "http://jabber.org/protocol/disco#items";
  public static final String RSM = "http://jabber.org/protocol/rsm";
  public static final String ORDER_BY = "urn:xmpp:order-by:1";
  public static final String ORDER_BY_0 = "urn:xmpp:order-by:0";
  public static final String DATA_FORMS = "jabber:x:data";
  public static final String COMMANDS = "http://jabber.org/protocol/commands";
  public static final String REGISTER = "jabber:iq:register";
  public static final String GATEWAY = "jabber:iq:gateway";
  public static final String STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";
  public static final String STREAM_ERRORS = "urn:ietf:params:xml:ns:xmpp-streams";
  public static final String PING = "urn:xmpp:ping";
  public static final String JABBER_CLIENT = "jabber:client";
  public static final String JABBER_COMPONENT = "jabber:component:accept";

  private Namespaces() {}
}
