package im.tombolo.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.core.xml.XmlText;
import java.util.stream.Stream;

/** The rooms of the house, who may know whom, and which library lives where. */
@AnalyzeClasses(
    packages = "im.tombolo",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  /** The fakes of core travel in a jar. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule roomsKnowOnlyWhatIsBelow =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("im.tombolo..")
          .layer("app")
          .definedBy("im.tombolo.app..")
          .layer("xmpp")
          .definedBy("im.tombolo.xmpp..")
          .layer("http")
          .definedBy("im.tombolo.http..")
          .layer("storage")
          .definedBy("im.tombolo.storage..")
          .layer("core")
          .definedBy("im.tombolo.core..")
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("xmpp")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("storage")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("core")
          .mayOnlyBeAccessedByLayers("app", "xmpp", "http", "storage")
          .ensureAllClassesAreContainedInArchitecture();

  /** What a character may be is the same in every format that we write. */
  private static final DescribedPredicate<JavaClass> WHAT_TEXT_MAY_HOLD =
      type(XmlText.class).as("what XML can carry");

  private static ArchRule knowsOnly(String inCore, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(inCore), Stream.of(others))
            .map(ArchitectureTest::inPackage)
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(inPackage(inCore))
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("im.tombolo.."))
                .or(resideInAnyPackage(allowed))
                .or(WHAT_TEXT_MAY_HOLD));
  }

  private static String inPackage(String inCore) {
    return "im.tombolo.core." + inCore + "..";
  }

  @ArchTest static final ArchRule addressesKnowNoContent = knowsOnly("address");

  @ArchTest static final ArchRule theTreeKnowsNoProtocol = knowsOnly("xml", "model");

  @ArchTest static final ArchRule textKnowsNoProtocol = knowsOnly("text", "xml");

  @ArchTest static final ArchRule theModelKnowsNoFormat = knowsOnly("model", "address", "text");

  @ArchTest
  static final ArchRule calendarsKnowNoNetwork = knowsOnly("calendar", "address", "model", "text");

  @ArchTest
  static final ArchRule atomKnowsNoActivities =
      knowsOnly("atom", "address", "calendar", "model", "text", "xml");

  @ArchTest
  static final ArchRule activitiesKnowNoXml =
      knowsOnly("activity", "address", "calendar", "model", "text");

  @ArchTest
  static final ArchRule portsKnowNoCodecAndNoFlow = knowsOnly("port", "address", "model", "xml");

  @ArchTest
  static final ArchRule policyKnowsNoFormat = knowsOnly("policy", "address", "model", "port");

  @ArchTest
  static final ArchRule flowsKnowOnlyCore =
      knowsOnly(
          "bridge",
          "activity",
          "address",
          "atom",
          "calendar",
          "model",
          "policy",
          "port",
          "text",
          "xml");

  /** A flow hands trees on and keeps them as text, it takes none apart. */
  @ArchTest
  static final ArchRule flowsParseNothing =
      noClasses()
          .that()
          .resideInAPackage(inPackage("bridge"))
          .should()
          .dependOnClassesThat(type(XmlReader.class));

  @ArchTest
  static final ArchRule coreOpensNoSocketsAndNoFiles =
      noClasses()
          .that()
          .resideInAPackage("im.tombolo.core..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.net.http..", "javax.net..", "java.nio.channels..", "java.nio.file..")
                  .or(nameMatching("java\\.net\\.(Server|Datagram)?Socket"))
                  .or(nameMatching("java\\.io\\.(File|Random).*")));

  @ArchTest
  static final ArchRule coreStartsNoThreads =
      noClasses()
          .that()
          .resideInAPackage("im.tombolo.core..")
          .should()
          .dependOnClassesThat(nameMatching("java\\.util\\.concurrent\\.Executor.*"))
          .orShould()
          .dependOnClassesThat(nameMatching("java\\.lang\\.Thread\\$Builder.*"))
          .orShould()
          .callConstructor(Thread.class, Runnable.class)
          .orShould()
          .callMethod(Thread.class, "startVirtualThread", Runnable.class);

  private static ArchRule livesOnlyIn(String library, String... rooms) {
    return noClasses()
        .that(not(resideInAnyPackage(rooms)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library);
  }

  // The quickstart is an XMPP client, for its first post.
  @ArchTest
  static final ArchRule smack =
      livesOnlyIn("org.jivesoftware..", "im.tombolo.xmpp..", "im.tombolo.app.quickstart..");

  @ArchTest
  static final ArchRule jxmpp =
      livesOnlyIn("org.jxmpp..", "im.tombolo.xmpp..", "im.tombolo.app.quickstart..");

  @ArchTest
  static final ArchRule jetty =
      livesOnlyIn("org.eclipse.jetty..", "im.tombolo.http..", "im.tombolo.app.admin..");

  /**
   * Case 33: there is one client for what leaves, with all its checks; nothing that reads an
   * address of somebody else can go around it. What our own commands ask is asked of ourselves.
   */
  @ArchTest
  static final ArchRule case33_thereIsNoOtherWayToTheNetwork =
      noClasses()
          .that(not(resideInAnyPackage("im.tombolo.http.client..")))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.eclipse.jetty.client..")
                  .or(nameMatching("java\\.net\\.(HttpURLConnection|URLConnection|URL)"))
                  .or(nameMatching("javax\\.net\\.ssl\\.HttpsURLConnection")));

  @ArchTest
  static final ArchRule case33_otherClientsAskOurselvesOnly =
      noClasses()
          .that(
              not(
                  resideInAnyPackage(
                          "im.tombolo.app.admin..",
                          "im.tombolo.app.doctor..",
                          "im.tombolo.app.quickstart..",
                          "im.tombolo.app.rehearsal..")
                      .or(name("im.tombolo.app.KeysCommand"))))
          .should()
          .dependOnClassesThat(resideInAnyPackage("java.net.http.."));

  /** Beside the component link, and what looks for free ports. */
  @ArchTest
  static final ArchRule case33_socketsAreThoseOfTheComponentLink =
      noClasses()
          .that(
              not(
                  resideInAnyPackage(
                      "im.tombolo.xmpp..",
                      "im.tombolo.app.doctor..",
                      "im.tombolo.app.quickstart..",
                      "im.tombolo.app.rehearsal..")))
          .should()
          .dependOnClassesThat(
              nameMatching("java\\.net\\.(Datagram)?Socket")
                  .or(nameMatching("java\\.nio\\.channels\\.(Async.*)?(Socket|Datagram)Channel")));

  /** Case 66: markup is built by the writers, which escape it. */
  @ArchTest
  static final ArchRule case66_xmlIsWrittenByItsWriter =
      noClasses()
          .that(not(resideInAnyPackage("im.tombolo.core.xml..")))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("javax.xml.transform..", "javax.xml.parsers..", "org.w3c.dom.."));

  @ArchTest static final ArchRule sql = livesOnlyIn("java.sql..", "im.tombolo.storage..");

  @ArchTest static final ArchRule dataSources = livesOnlyIn("javax.sql..", "im.tombolo.storage..");

  @ArchTest
  static final ArchRule tomcat = livesOnlyIn("org.apache.tomcat..", "im.tombolo.storage..");

  @ArchTest static final ArchRule flyway = livesOnlyIn("org.flywaydb..", "im.tombolo.storage..");

  @ArchTest static final ArchRule postgres = livesOnlyIn("io.zonky..", "im.tombolo.storage..");

  @ArchTest
  static final ArchRule jackson =
      livesOnlyIn(
          "tools.jackson..",
          "im.tombolo.core.activity..",
          "im.tombolo.storage..",
          "im.tombolo.app.admin..",
          "im.tombolo.app.doctor..");

  @ArchTest
  static final ArchRule jacksonAnnotations =
      livesOnlyIn("com.fasterxml.jackson..", "im.tombolo.storage..");

  @ArchTest
  static final ArchRule calendars = livesOnlyIn("net.fortuna..", "im.tombolo.core.calendar..");

  @ArchTest static final ArchRule jsoup = livesOnlyIn("org.jsoup..", "im.tombolo.core.text..");

  @ArchTest static final ArchRule woodstox = livesOnlyIn("com.ctc.wstx..", "im.tombolo.core.xml..");

  @ArchTest
  static final ArchRule xmlParsers = livesOnlyIn("javax.xml.stream..", "im.tombolo.core.xml..");

  @ArchTest static final ArchRule yaml = livesOnlyIn("org.yaml..", "im.tombolo.app.config..");

  @ArchTest static final ArchRule commandLines = livesOnlyIn("picocli..", "im.tombolo.app..");

  @ArchTest static final ArchRule metrics = livesOnlyIn("io.micrometer..", "im.tombolo.app..");

  @ArchTest
  static final ArchRule bouncyCastle =
      livesOnlyIn("org.bouncycastle..", "im.tombolo.http.signature..");

  @ArchTest
  static final ArchRule jacksonStaysInside =
      classes()
          .that()
          .resideInAPackage(inPackage("activity"))
          .and()
          .arePublic()
          .should(Signatures.holdNothingOf("tools.jackson"));

  @ArchTest
  static final ArchRule smackStaysInside =
      classes()
          .that()
          .resideInAPackage("im.tombolo.xmpp")
          .and()
          .arePublic()
          .should(Signatures.holdNothingOf("org.jivesoftware"));

  @ArchTest
  static final ArchRule logsGoThroughSlf4j =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("java.util.logging..");

  @ArchTest
  static final ArchRule onlyCommandsPrint =
      noClasses()
          .that()
          .resideOutsideOfPackages("im.tombolo.app", "im.tombolo.app.quickstart..")
          .should()
          .accessTargetWhere(target(owner(type(System.class))).and(target(nameMatching("out|err"))))
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  @ArchTest
  static final ArchRule namesSayTheJob =
      noClasses().should().haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Processor)(\\$.*)?");

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices().matching("im.tombolo.(*)..").should().beFreeOfCycles();
}
