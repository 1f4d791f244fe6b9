package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Profile;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

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

  private static Profile read(String json) {
    return ActorReader.read(json, Instant.EPOCH).value().orElseThrow().profile();
  }
}
