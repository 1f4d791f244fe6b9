package im.tombolo.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.config.Configuration.Database;
import im.tombolo.app.config.ConfigurationReader.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {
  private static final String GOOD =
      """
      xmpp:
        component: ap.example.org
        secret: hunter2
        domains: [example.org]
      web:
        url: https://example.org
      """;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("tombolo.yml");
  }

  private Outcome read(String yaml, Map<String, String> environment) {
    try {
      Files.writeString(file, yaml);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
    return ConfigurationReader.read(file, environment);
  }

  private Configuration good(String yaml, Map<String, String> environment) {
    return switch (read(yaml, environment)) {
      case Outcome.Good(Configuration configuration) -> configuration;
      case Outcome.Bad(List<String> mistakes) -> throw new AssertionError(mistakes);
    };
  }

  private Configuration good(String yaml) {
    return good(yaml, Map.of());
  }

  /** The mistakes, without the name of the file in front. */
  private List<String> mistakes(String yaml, Map<String, String> environment) {
    return switch (read(yaml, environment)) {
      case Outcome.Good(Configuration configuration) ->
          throw new AssertionError("no mistake was found");
      case Outcome.Bad(List<String> mistakes) ->
          mistakes.stream().map(line -> line.replace(file.toString(), "FILE")).toList();
    };
  }

  private List<String> mistakes(String yaml) {
    return mistakes(yaml, Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          xmpp: {component: 'a b'}           | xmpp.component: does not fit; expected a domain such as ap.example.org
          xmpp: {component: a@b}             | xmpp.component: does not fit; expected a domain such as ap.example.org
          xmpp: {component: a/b}             | xmpp.component: does not fit; expected a domain such as ap.example.org
          xmpp: {component: "a'b"}           | xmpp.component: does not fit; expected a domain such as ap.example.org
          xmpp: {component: [a, b]}          | xmpp.component: does not fit; expected a domain such as ap.example.org
          xmpp: {host: ''}                   | xmpp.host: does not fit; expected a host name or address
          xmpp: {port: 0}                    | xmpp.port: does not fit; expected a whole number from 1 to 65535
          xmpp: {port: 65536}                | xmpp.port: does not fit; expected a whole number from 1 to 65535
          xmpp: {port: x}                    | xmpp.port: does not fit; expected a whole number from 1 to 65535
          xmpp: {port: 53.47}                | xmpp.port: does not fit; expected a whole number from 1 to 65535
          xmpp: {port: 99999999999999999999} | xmpp.port: does not fit; expected a whole number from 1 to 65535
          xmpp: {secret: ''}                 | xmpp.secret: does not fit; expected a text
          xmpp: {secret: [a, b]}             | xmpp.secret: does not fit; expected a text
          xmpp: {domains: []}                | xmpp.domains: is empty; expected a list of domains
          xmpp: {domains: [x/y]}             | xmpp.domains: does not fit; expected a list of domains
          xmpp: {domains: [{a: b}]}          | xmpp.domains: does not fit; expected a list of domains
          xmpp: {domains: [ap.example.org]}  | xmpp.domains: holds the gateway's own domain; expected a list of domains
          web: {url: example.org}            | web.url: does not fit; expected a URL such as https://example.org
          web: {url: ftp://example.org}      | web.url: does not fit; expected a URL such as https://example.org
          web: {url: 'https://'}             | web.url: does not fit; expected a URL such as https://example.org
          web: {url: 'https://a b'}          | web.url: does not fit; expected a URL such as https://example.org
          web: {url: 'https://a.b?c'}        | web.url: does not fit; expected a URL such as https://example.org
          web: {url: 'https://a.b#c'}        | web.url: does not fit; expected a URL such as https://example.org
          web: {url: 'https://u:p@a.b'}      | web.url: does not fit; expected a URL such as https://example.org
          web: {url: 'https://a.b:99999'}    | web.url: does not fit; expected a URL such as https://example.org
          web: {url: 'http://a.b'}           | web.url: is not https (federation.allow-http is for tests); expected a URL such as https://example.org
          web: {listen: 8080}                | web.listen: does not fit; expected host:port
          web: {listen: 'a:65536'}           | web.listen: does not fit; expected host:port
          web: {trusted-proxies: [nginx]}    | web.trusted-proxies: does not fit; expected a list of addresses
          web: {security-contact: me}        | web.security-contact: does not fit; expected an address such as mailto:security@example.org or https://example.org/security
          admin: {token: secret}             | admin.token: does not fit; expected a text of 16 characters or more, without spaces
          admin: {listen: '0.0.0.0:9090'}    | admin.listen: others than this machine could come there; expected an address of loopback such as 127.0.0.1:9090, or admin.token beside it
          admin: {listen: 'gate.example:90'} | admin.listen: others than this machine could come there; expected an address of loopback such as 127.0.0.1:9090, or admin.token beside it
          admin: {listen: '[::]:9090'}       | admin.listen: others than this machine could come there; expected an address of loopback such as 127.0.0.1:9090, or admin.token beside it
          admin: {jids: ['@@']}              | admin.jids: does not fit; expected a list of JIDs
          database: {url: 'mysql://x'}       | database.url: does not fit; expected embedded or jdbc:postgresql://…
          database: {directory: ''}          | database.directory: does not fit; expected a path, relative to this file
          database: {password-file: none}    | database.password-file: cannot be read; expected a path, relative to this file
          bridge: {consent: always}          | bridge.consent: does not fit; expected open-nodes or opt-in
          federation: {allow-http: maybe}    | federation.allow-http: does not fit; expected true or false
          federation: {mode: closed}         | federation.mode: does not fit; expected open or allow-list
          federation: {mode: allow-list}     | federation.allowed-domains: is empty, so nobody is talked to; expected a list of domains
          federation: {allowed-domains: [a.example]} | federation.allowed-domains: counts with federation.mode: allow-list only; expected a list of domains
          federation: {blocked-domains: ['*']} | federation.blocked-domains: does not fit; expected a list of domains
          federation: {signatures: rot13}    | federation.signatures: does not fit; expected auto or draft-cavage or rfc9421
          federation: {trusted-certificates: none} | federation.trusted-certificates: cannot be read; expected a path, relative to this file
          limits: {web-idle: 30}             | limits.web-idle: does not fit; expected a time such as 500ms, 30s, 5m, 24h or 7d
          limits: {web-idle: 30 s}           | limits.web-idle: does not fit; expected a time such as 500ms, 30s, 5m, 24h or 7d
          limits: {web-idle: -1s}            | limits.web-idle: does not fit; expected a time such as 500ms, 30s, 5m, 24h or 7d
          limits: {web-idle: 0s}             | limits.web-idle: does not fit; expected a time such as 500ms, 30s, 5m, 24h or 7d
          limits: {web-idle: 99999999999d}   | limits.web-idle: does not fit; expected a time such as 500ms, 30s, 5m, 24h or 7d
          limits: {inbox-size: 1}            | limits.inbox-size: does not fit; expected a size such as 512KiB or 1MiB
          limits: {inbox-size: 1GiB}         | limits.inbox-size: does not fit; expected a size such as 512KiB or 1MiB
          limits: {inbox-size: 17MiB}        | limits.inbox-size: does not fit; expected a size such as 512KiB or 1MiB
          limits: {page-size: 101}           | limits.page-size: does not fit; expected a whole number from 1 to 100
          """)
  void aValueThatDoesNotFitIsNamedWithItsLineAndWhatIsExpected(String line, String mistake) {
    assertThat(mistakes(with(line.strip()))).containsExactly("FILE:1: " + mistake);
  }

  /** The good configuration, but with one section's key replaced, which stands on line 1. */
  private static String with(String line) {
    boolean isInGood = line.startsWith("xmpp:") || line.startsWith("web:");
    String key = line.replaceFirst("[a-z]+: \\{([a-z-]+):.*", "$1");
    return line + "\n" + (isInGood ? GOOD.replaceFirst("(?m)^  " + key + ":.*\n", "") : GOOD);
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(mistakes("bridge: {consent: open-nodes}"))
        .containsExactlyInAnyOrder(
            "FILE: xmpp.component: is missing; expected a domain such as ap.example.org",
            "FILE: xmpp.secret: is missing; expected a text",
            "FILE: xmpp.domains: is missing; expected a list of domains",
            "FILE: web.url: is missing; expected a URL such as https://example.org");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "~"})
  void anEmptyFileLacksWhatIsRequired(String yaml) {
    assertThat(mistakes(yaml))
        .isNotEmpty()
        .allSatisfy(mistake -> assertThat(mistake).matches("FILE: .* is missing; expected .*"));
  }

  @Test
  void allMistakesAreFoundAtOnceEachOnItsLine() {
    assertThat(
            mistakes(
                """
                xmpp:
                  component: ap.example.org
                  port: many
                  secert: hunter2
                  domains: [example.org]

                web:
                  url: nowhere
                """))
        .containsExactlyInAnyOrder(
            "FILE:3: xmpp.port: does not fit; expected a whole number from 1 to 65535",
            "FILE:4: xmpp.secert: unknown key; did you mean xmpp.secret?",
            "FILE: xmpp.secret: is missing; expected a text",
            "FILE:8: web.url: does not fit; expected a URL such as https://example.org");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          xmpp: {componet: a}         | xmpp.componet       | xmpp.component
          component: a                | component           | xmpp.component
          web: {public-url: a}        | web.public-url      | web.url
          web: {trustedproxies: a}    | web.trustedproxies  | web.trusted-proxies
          xmpp: {port: {number: 1}}   | xmpp.port.number    | xmpp.port
          limit: {page-size: 5}       | limit.page-size     | limits.page-size
          limits: {pagesize: }        | limits.pagesize     | limits.page-size
          """)
  void anUnknownKeyNamesTheNearestKnownOne(String line, String key, String nearest) {
    assertThat(mistakes(line.strip() + "\n" + GOOD))
        .containsExactly("FILE:1: " + key + ": unknown key; did you mean " + nearest + "?");
  }

  @Test
  void anySetOfLettersHasANearestKey() {
    assertThat(mistakes("qqqqqqqqqqqqqqqqqqqqqqqqqqqqqq: 1\n" + GOOD))
        .singleElement()
        .asString()
        .contains("unknown key; did you mean ");
  }

  @Test
  void aKeyThatStandsTwiceIsAMistake() {
    assertThat(mistakes(GOOD + "  listen: 127.0.0.1:1\n  listen: 127.0.0.1:2\n"))
        .containsExactly("FILE:8: web.listen: stands here a second time");
    assertThat(mistakes(GOOD + "web:\n  url: https://example.net\n"))
        .containsExactly("FILE:8: web.url: stands here a second time");
  }

  @Test
  void aSectionOrAKeyWithoutAValueIsNotGiven() {
    Configuration configuration =
        good(GOOD + "  listen:\nadmin:\nlimits:\n# page-size: 5\nfederation: ~\n");

    assertThat(configuration).isEqualTo(good(GOOD));
  }

  @Test
  void aRequiredKeyWithoutAValueIsMissing() {
    assertThat(mistakes(GOOD.replace("hunter2", "")))
        .containsExactly("FILE: xmpp.secret: is missing; expected a text");
  }

  @Test
  void aListMayHaveOneValueWithoutBrackets() {
    assertThat(good(GOOD.replace("[example.org]", "example.org")).xmpp().domains())
        .containsExactly("example.org");
  }

  @Test
  void numbersInTextsStayTexts() {
    assertThat(good(GOOD.replace("hunter2", "0123")).xmpp().secret().value()).isEqualTo("0123");
    assertThat(good(GOOD.replace("hunter2", "1e3")).xmpp().secret().value()).isEqualTo("1e3");
    assertThat(good(GOOD.replace("hunter2", "true")).xmpp().secret().value()).isEqualTo("true");
    assertThat(good(GOOD.replace("hunter2", "\"~\"")).xmpp().secret().value()).isEqualTo("~");
  }

  @Test
  void httpIsForTestsOnly() {
    String http = GOOD.replace("https://example.org", "http://127.0.0.1:8080");

    assertThat(good(http + "federation:\n  allow-http: true\n").web().url())
        .hasToString("http://127.0.0.1:8080");
  }

  @ParameterizedTest
  @CsvSource({
    "TOMBOLO_XMPP_COMPONENT, fedi.example.org, component=fedi.example.org",
    "TOMBOLO_XMPP_DOMAINS, 'a.example, b.example', 'domains=[a.example, b.example]'",
    "TOMBOLO_WEB_URL, https://example.net/ap, url=https://example.net/ap",
    "TOMBOLO_WEB_TRUSTED_PROXIES, 10.0.0.1, trustedProxies=[10.0.0.1]",
    "TOMBOLO_LIMITS_XMPP_REQUEST_TIMEOUT, 3s, requestTimeout=PT3S",
    "TOMBOLO_FEDERATION_AUTHORIZED_FETCH, true, authorizedFetch=true"
  })
  void theEnvironmentWinsOverTheFile(String variable, String value, String expected) {
    assertThat(good(GOOD, Map.of(variable, value)).toString()).contains(expected);
    assertThat(good(GOOD).toString()).doesNotContain(expected);
  }

  @Test
  void theSecretOfTheEnvironmentWinsOverTheFiles() {
    assertThat(good(GOOD, Map.of("TOMBOLO_XMPP_SECRET", "other")).xmpp().secret())
        .isEqualTo(new Secret("other"));
  }

  @Test
  void theEnvironmentAloneIsEnough() {
    Configuration configuration =
        good(
            "",
            Map.of(
                "TOMBOLO_XMPP_COMPONENT", "ap.example.org",
                "TOMBOLO_XMPP_SECRET", "hunter2",
                "TOMBOLO_XMPP_DOMAINS", "example.org, pubsub.example.org",
                "TOMBOLO_WEB_URL", "https://example.org",
                "TOMBOLO_LOG", "json"));

    assertThat(configuration.xmpp().domains()).containsExactly("example.org", "pubsub.example.org");
    assertThat(configuration.web().url()).hasToString("https://example.org");
  }

  @Test
  void everyKeyHasAVariableOfItsOwn() {
    assertThat(Settings.ALL)
        .extracting(Setting::variable)
        .doesNotHaveDuplicates()
        .contains("TOMBOLO_XMPP_SECRET", "TOMBOLO_WEB_URL", "TOMBOLO_XMPP_SECRET_FILE")
        .doesNotContain("TOMBOLO_LOG", "TOMBOLO_LOG_LEVEL", "TOMBOLO_JAVA_HOME");
  }

  @Test
  void aMistakeInTheEnvironmentNamesTheVariable() {
    assertThat(mistakes(GOOD, Map.of("TOMBOLO_XMPP_PORT", "many")))
        .containsExactly(
            "environment TOMBOLO_XMPP_PORT: xmpp.port: does not fit; expected a whole number from"
                + " 1 to 65535");
  }

  @Test
  void theSecretMayStandInAFileBesideTheConfiguration() throws IOException {
    Files.writeString(directory.resolve("secret"), "  from-file \n");

    assertThat(good(GOOD.replace("secret: hunter2", "secret-file: secret")).xmpp().secret())
        .isEqualTo(new Secret("from-file"));
  }

  @Test
  void aSecretThatIsWrittenOutCountsBeforeAFile() throws IOException {
    Files.writeString(directory.resolve("secret"), "from-file");

    assertThat(good(GOOD.replace("secret:", "secret-file: secret\n  secret:")).xmpp().secret())
        .isEqualTo(new Secret("hunter2"));
  }

  @Test
  void aFileThatTheEnvironmentNamesCountsBeforeAWrittenSecret() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "from-file");

    assertThat(good(GOOD, Map.of("TOMBOLO_XMPP_SECRET_FILE", secret.toString())).xmpp().secret())
        .isEqualTo(new Secret("from-file"));
  }

  @Test
  void aSecretFileThatCannotBeReadIsOneMistake() throws IOException {
    Files.createFile(directory.resolve("empty"));

    assertThat(mistakes(GOOD.replace("secret: hunter2", "secret-file: none")))
        .containsExactly(
            "FILE:3: xmpp.secret-file: cannot be read; expected a path, relative to this file");
    assertThat(mistakes(GOOD.replace("secret: hunter2", "secret-file: empty")))
        .containsExactly(
            "FILE:3: xmpp.secret-file: names an empty file; expected a path, relative to this file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2: x",
        "*hunter2",
        "!hunter2",
        "!!hunter2 x",
        "!h!hunter2 x",
        "!<hunter2> x",
        "\"hunter2",
        "'hunter2",
        "[hunter2",
        "{hunter2",
        "@hunter2",
        "`hunter2",
        "%hunter2",
        "hunter2\u0007",
        "\"\\hunter2\"",
        "[hunter2, hunter2]",
        "{hunter2: 1}",
        "|hunter2",
        "&hunter2 *hunter2"
      })
  void aSecretThatWasWrittenBadlyIsInNoMistake(String written) {
    assertThat(mistakes(GOOD.replace("secret: hunter2", "secret: " + written)))
        .isNotEmpty()
        .filteredOn(mistake -> !mistake.contains("unknown key"))
        .allSatisfy(mistake -> assertThat(mistake).doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xmpp: {secret:hunter2}",
        "xmpp: {secret 'hunter2'}",
        "xmpp: {secret:hunter2, secret:hunter2}",
        "xmpp: {secret=hunter2: x}"
      })
  void ofAKeyThatIsNoneOnlyTheBeginningIsShown(String yaml) {
    assertThat(mistakes(yaml))
        .anySatisfy(mistake -> assertThat(mistake).contains("xmpp.secret…"))
        .allSatisfy(mistake -> assertThat(mistake).doesNotContain("hunter2"));
  }

  @Test
  void noSecretIsInTheTextOfAConfiguration() {
    String text =
        good(GOOD
                + "database:\n  url: jdbc:postgresql://db/t?user=u&password=pa55\n"
                + "  password: w0rd\n")
            .toString();

    assertThat(text).contains("db/t").doesNotContain("hunter2").doesNotContain("pa55");
    assertThat(text).doesNotContain("w0rd");
  }

  @Test
  void anExternalDatabaseKeepsItsParameters() {
    assertThat(good(GOOD + "database:\n  url: jdbc:postgresql://db/t?ssl=true\n").database())
        .isEqualTo(new Database.External("jdbc:postgresql://db/t?ssl=true", "", new Secret("")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: &a [x, x]\nb: *a",
        "a: &a {b: *a}",
        "web: &w {listen: '127.0.0.1:1'}\nadmin:\n  <<: *w",
        "xmpp: {port: !!int 5347}",
        "xmpp: !!map {port: 5347}",
        "xmpp: {domains: !!java.util.ArrayList [x]}",
        "a: !!javax.script.ScriptEngineManager [x]"
      })
  void aliasesAndTagsAreRefused(String yaml) {
    assertThat(mistakes(yaml))
        .isNotEmpty()
        .filteredOn(mistake -> !mistake.endsWith("is missing; expected a text"))
        .anySatisfy(mistake ->
            assertThat(mistake)
                .matches(
                    "FILE:[123]: aliases and tags are not understood; put quotes around a text that"
                        + " begins with \\* or !"));
  }

  @Test
  void aBombOfAliasesDoesNotGoOff() {
    StringBuilder bomb = new StringBuilder("a0: &a0 {x: 1}\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%1$d: &a%1$d {x: *a%2$d, y: *a%2$d}\n".formatted(i, i - 1));
    }

    assertThat(mistakes(bomb.toString()))
        .contains(
            "FILE:2: aliases and tags are not understood; put quotes around a text that begins"
                + " with * or !");
  }

  @Test
  void aFileThatIsTooDeepIsRefused() {
    assertThat(mistakes("a: " + "[".repeat(10_000) + "]".repeat(10_000)))
        .anySatisfy(mistake -> assertThat(mistake).startsWith("FILE").contains("not YAML"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `a: b: c`          | 1
          `a: [b`            | 1
          `a: 1\\n\\tb: 2`   | 2
          `a: 1\\n b: 2`     | 2
          `---\\na: 1\\n---\\nb: 2` | 3
          """)
  void whatIsNoYamlIsNamedWithItsLine(String yaml, int line) {
    assertThat(mistakes(yaml.replace("\\n", "\n").replace("\\t", "\t")))
        .anySatisfy(mistake -> assertThat(mistake).startsWith("FILE:" + line + ": not YAML: "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"just a text", "- a\n- list"})
  void whatHasNoSectionsIsExplained(String yaml) {
    assertThat(mistakes(yaml)).contains("FILE:1: expected sections such as xmpp: and web:");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Outcome outcome = ConfigurationReader.read(directory.resolve("none.yml"), Map.of());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Bad.class,
            bad ->
                assertThat(bad.mistakes())
                    .contains(directory.resolve("none.yml") + ": there is no such file"));
  }

  @Test
  void aFileOfAnotherEncodingIsNamed() throws IOException {
    Files.write(file, "a: \u00fc".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(ConfigurationReader.read(file, Map.of()))
        .isInstanceOfSatisfying(
            Outcome.Bad.class, bad -> assertThat(bad.mistakes()).contains(file + ": is not UTF-8"));
  }

  @Test
  void aDirectoryIsNoFile() {
    assertThat(ConfigurationReader.read(directory, Map.of()))
        .isInstanceOfSatisfying(
            Outcome.Bad.class,
            bad ->
                assertThat(bad.mistakes())
                    .anySatisfy(mistake -> assertThat(mistake).contains("cannot be read")));
  }
}
