package im.tombolo.core.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import im.tombolo.core.model.Reading;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTest {
  private final XmlReader reader = XmlReader.strict();

  private Element read(String xml) {
    return reader.read(xml).value().orElseThrow();
  }

  @Test
  void mixedContentAndLanguagesSurviveTheRoundTrip() {
    Element first =
        read("<a xmlns='u:x' xml:lang='de'>one<b xmlns='u:y' k=\"'&amp;\">two</b>three</a>");
    assertThat(first.text()).isEqualTo("onetwothree");
    assertThat(first.lang()).contains("de");
    assertThat(read(XmlWriter.write(first))).isEqualTo(first);
  }

  @Test
  void breaksInAttributesSurviveTheRoundTrip() {
    Element element = Element.of("a", "n").attribute("b", "c\n\td\r\ne").build();
    assertThat(XmlReader.strict().read(XmlWriter.write(element)).value()).contains(element);
  }

  @Test
  void prefixesAreReadAndNeverWritten() {
    String written = XmlWriter.write(read("<p:a xmlns:p='u:x'><p:b/><c xmlns='u:z'/></p:a>"));
    assertThat(written).isEqualTo("<a xmlns='u:x'><b/><c xmlns='u:z'/></a>");
  }

  @Test
  void case65_whatXmlCannotCarryIsDropped() {
    String bell = "a\u0007b\u0000\uFFFF\uD800c\uD83D\uDE00";
    String written =
        XmlWriter.write(Element.of("a", "u:x").attribute("k", bell).text(bell).build());
    assertThat(read(written).text()).isEqualTo("abc\uD83D\uDE00");
    assertThat(read(written).attribute("k")).contains("abc\uD83D\uDE00");
  }

  @Test
  void theDefaultNamespaceIsThatOfThePlaceWhereTheTextStood() {
    Element message =
        reader.read("<message><body>x</body></message>", "jabber:client").value().orElseThrow();
    assertThat(message.child("body", "jabber:client")).isPresent();
    assertThat(XmlWriter.write(message, "jabber:client"))
        .isEqualTo("<message><body>x</body></message>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<a>&unknown;</a>"
      })
  void badTextIsRefusedWithAReason(String xml) {
    assertThat(reader.read(xml)).isInstanceOf(Reading.Refused.class);
  }

  private static String withAttributes(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> " a" + i + "='x'")
        .collect(Collectors.joining("", "<a", "/>"));
  }

  @Test
  void attributesOfAnElementAreBounded() {
    assertThat(read(withAttributes(100)).attributes()).hasSize(100).containsEntry("a99", "x");
    assertThat(reader.read(withAttributes(101))).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void attributesKeepTheirOrder() {
    Element element = read("<e c='1' a='2' b='3'/>");
    assertThat(element.attributes().keySet()).containsExactly("c", "a", "b");
    assertThat(element.attributes().reversed().keySet()).containsExactly("b", "a", "c");
    assertThat(element.toBuilder().attribute("a", "4").build().attributes())
        .containsExactly(entry("c", "1"), entry("a", "4"), entry("b", "3"));
  }

  @Test
  void theLengthIsThatOfWhatIsWritten() {
    Element element = read("<a k='&lt;&quot;' xmlns='u:x'><b xmlns='u:y'>é&amp;😀</b><c/></a>");
    assertThat(XmlWriter.length(element)).isEqualTo(XmlWriter.write(element).length());
  }

  @Test
  void depthSizeAndNumberAreBounded() {
    assertThat(reader.read("<a>".repeat(65) + "</a>".repeat(65)))
        .isInstanceOf(Reading.Refused.class);
    assertThat(reader.read("<a>".repeat(64) + "</a>".repeat(64))).isInstanceOf(Reading.Of.class);
    assertThat(reader.read("<a>" + "<b/>".repeat(50_000) + "</a>"))
        .isInstanceOf(Reading.Refused.class);
    assertThat(reader.read("<a>" + "x".repeat(1 << 20) + "</a>"))
        .isInstanceOf(Reading.Refused.class);
  }
}
