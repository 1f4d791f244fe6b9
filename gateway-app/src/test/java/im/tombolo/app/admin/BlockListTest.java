package im.tombolo.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.port.Rules.Rule;
import im.tombolo.core.port.Rules.Severity;
import org.junit.jupiter.api.Test;

/** Lists of domains as they are passed around. */
class BlockListTest {
  @Test
  void mastodonsExportIsRead() {
    BlockList list =
        BlockList.read(
            """
            #domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate
            bad.example,suspend,True,True,"spam, ""and more\""",False
            loud.example,silence,True,False,,False
            quiet.example,silence,False,False,,False
            b*d.example,suspend,True,True,,True
            canary.list.example,suspend,True,True,,False
            odd.example,explode,True,True,,False
            """);

    assertThat(list.rules())
        .containsExactly(
            new Rule("bad.example", Severity.SUSPEND, "spam, \"and more\""),
            new Rule("loud.example", Severity.MEDIA, ""));
    assertThat(list.skipped())
        .containsExactly(
            "quiet.example: only suspend and reject_media are done here",
            "b*d.example: its name is hidden",
            "canary.list.example: a mark of the list's authors, not a server",
            "odd.example: a severity that is not known");
  }

  @Test
  void aNameALineIsReadToo() {
    assertThat(BlockList.read("# bad ones\nbad.example\n\n worse.example \n").rules())
        .containsExactly(
            new Rule("bad.example", Severity.SUSPEND, ""),
            new Rule("worse.example", Severity.SUSPEND, ""));
  }

  @Test
  void whatIsWrittenCanBeReadAgain() {
    BlockList list =
        BlockList.read(
            """
            domain,severity,reject_media,public_comment
            a.example,suspend,,"x, ""y\"""
            b.example,noop,true,
            """);

    assertThat(BlockList.read(BlockList.write(list.rules())).rules()).isEqualTo(list.rules());
  }
}
