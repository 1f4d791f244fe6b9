package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormTest {
  private static final List<Form> ALL = List.of(Form.HTML, Form.ACTIVITY, Form.ATOM);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "application/activity+json | ACTIVITY",
        "APPLICATION/Activity+JSON | ACTIVITY",
        "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\" | ACTIVITY",
        "application/activity+json, application/ld+json | ACTIVITY",
        "application/json | ACTIVITY",
        "application/activity+json, */*;q=0.1 | ACTIVITY",
        "application/activity+json;q=0.9, text/html;q=0.8 | ACTIVITY",
        "text/html;q=0.5, application/activity+json | ACTIVITY",
        "image/png, application/activity+json;q=0.1 | ACTIVITY",
        "application/atom+xml | ATOM",
        "application/atom+xml, text/html;q=0.9 | ATOM",
        "text/html | HTML",
        "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8 | HTML",
        "text/html, application/activity+json | HTML",
        "application/activity+json;q=0, text/html;q=0.1 | HTML",
        "application/activity+json;q=x, text/html;q=0.1 | HTML",
        "*/* | HTML",
        "text/* | HTML",
        "image/png | HTML",
        "garbage | HTML",
        "'' | HTML",
        "; | HTML",
        ", | HTML"
      })
  void case86_theFormThatIsLikedBestIsServed(String accept, Form form) {
    assertThat(Form.wanted(Optional.of(accept), ALL)).isEqualTo(form);
  }

  @Test
  void case86_peopleAreServedWhereNothingIsSaid() {
    assertThat(Form.wanted(Optional.empty(), ALL)).isEqualTo(Form.HTML);
  }

  @Test
  void aFormThatIsNotOfferedIsNotServed() {
    assertThat(
            Form.wanted(
                Optional.of("application/atom+xml, application/activity+json;q=0.5"),
                List.of(Form.HTML, Form.ACTIVITY)))
        .isEqualTo(Form.ACTIVITY);
  }
}
