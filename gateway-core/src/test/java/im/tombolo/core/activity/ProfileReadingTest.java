package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Profile;
import im.tombolo.core.model.Wishes;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What actors say of themselves. */
class ProfileReadingTest {
  @Test
  void aTableAndABirthdayAreReadFromTheActor() {
    String json =
        """
        {"id":"https://social.example/ada","type":"Person","preferredUsername":"ada",
         "inbox":"https://social.example/ada/inbox","vcard:bday":"%s",
         "attachment":[
           {"type":"PropertyValue","name":"Pronouns","value":"<b>she</b>/her<script>x</script>"},
           {"type":"PropertyValue","name":" ","value":"x"},
           {"type":"PropertyValue","name":"Empty","value":"<p></p>"},
           {"type":"Document","name":"File","value":"x"}]}
        """;
    Profile profile = read(json.formatted("1815-12-10"));

    assertThat(profile.fields()).containsExactly(new Profile.Field("Pronouns", "she/her"));
    assertThat(profile.birthday()).contains(LocalDate.of(1815, 12, 10));
    assertThat(read(json.formatted("10 December")).birthday()).isEmpty();
    assertThat(read(json.formatted("1815-13-10")).birthday()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "'summary':'I paint', true, true",
        "'summary':'I paint. #nobridge', false, true",
        "'summary':'<p><a href=https://a.example/t>#<span>NoBridge</span></a></p>', false, true",
        "'name':'ada #NOBRIDGE', false, true",
        "|'attachment':[{'type':'PropertyValue','name':'Bots','value':'#nobridge'}]|, false, true",
        "'summary':'I build #nobridges', true, true",
        "'summary':'a#nobridge', true, true",
        "'bridgeable':false, false, true",
        "'bridgeable':'false', true, true",
        "'indexable':false, true, false",
        "'indexable':true, true, true"
      })
  void case74_whatOthersMayDoWithWhatTheySayIsRead(String said, boolean shown, boolean indexed) {
    String json =
        """
        {"id":"https://social.example/ada","type":"Person","preferredUsername":"ada",
         "inbox":"https://social.example/ada/inbox",%s}
        """
            .formatted(said.replace('\'', '"'));

    assertThat(ActorReader.read(json, Instant.EPOCH).value().orElseThrow().wishes())
        .isEqualTo(new Wishes(shown, indexed));
  }

  private static Profile read(String json) {
    return ActorReader.read(json, Instant.EPOCH).value().orElseThrow().profile();
  }
}
