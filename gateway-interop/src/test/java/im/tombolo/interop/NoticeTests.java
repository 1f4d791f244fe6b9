package im.tombolo.interop;

import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.steadily;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.interop.stage.Xml;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people on XMPP are told in words of what the fediverse does. */
interface NoticeTests {
  Town town();

  private static String from(String jid, String text) {
    return "/c:message[@from='%s'][@type='chat'][c:body[contains(.,'%s')]]".formatted(jid, text);
  }

  private void benvolioSays(String words, String answer) {
    String gateway = town().xmpp.componentDomain();
    town()
        .benvolio
        .send(
            "<message xmlns='jabber:client' type='chat' to='%s'><body>%s</body></message>"
                .formatted(gateway, words));
    town().benvolio.awaitEvent(from(gateway, answer));
  }

  private void mentionsBenvolio(String who, String text) {
    town()
        .fedify
        .post(who, "<p>" + text + "</p>", Map.of("mention", "acct:" + town().benvolio.bareJid()));
  }

  @Test
  default void aNewFollowerAndAMentionAreToldInWords() {
    eventually().until(() -> town().webfinger(town().benvolio.bareJid()).status() == 200);
    String ann = unique("ann");
    town().follow(town().fedify, ann, town().benvolio);
    town().benvolio.awaitEvent(from(town().jid(ann), "followed by"));

    String text = unique("hello");
    mentionsBenvolio(ann, text);

    Xml told = town().benvolio.awaitEvent(from(town().jid(ann), text));
    assertThat(told.text("//c:body")).startsWith("You were mentioned by ").contains(ann);
    assertThat(told.text("//r:reference/@uri")).isEqualTo("xmpp:" + town().benvolio.bareJid());
    assertThat(told.text("//r:reference/@begin") + "-" + told.text("//r:reference/@end"))
        .isEqualTo("0-3");
    assertThat(told.text("//r:reference/@anchor"))
        .contains("node=urn%3Axmpp%3Amicroblog%3A0;item=");
  }

  @Test
  default void whoSwitchedMentionsOffIsToldNothing() {
    eventually().until(() -> town().webfinger(town().benvolio.bareJid()).status() == 200);
    String ann = unique("ann");
    benvolioSays("notify mentions off", "answers: off");
    String silent = unique("silent");
    mentionsBenvolio(ann, silent);
    steadily().until(() -> town().benvolio.events(from(town().jid(ann), silent)).isEmpty());

    benvolioSays("notify mentions on", "answers: on");
    String loud = unique("loud");
    mentionsBenvolio(ann, loud);
    town().benvolio.awaitEvent(from(town().jid(ann), loud));
    assertThat(town().benvolio.events(from(town().jid(ann), silent))).isEmpty();
  }
}
