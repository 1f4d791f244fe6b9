package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.VCARD4;
import static im.tombolo.core.xml.Namespaces.VCARD_TEMP;

import im.tombolo.core.model.Picture;
import im.tombolo.core.model.Profile;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.text.DisplayName;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.RichText;
import im.tombolo.core.xml.Element;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Profiles as vcard-temp (XEP-0054) and vCard4 (XEP-0292). */
public final class VCards {
  private static final int MAX_NAME = 256;
  private static final int MAX_BIO = 10_000;
  private static final Pattern PRONOUNS =
      Pattern.compile("pronouns?|pronomen|pronoms?|pronombres?", Pattern.CASE_INSENSITIVE);

  private VCards() {}

  /**
   * What a vcard-temp says.
   *
   * @param name empty when none
   */
  public record Card(String name, RichText bio, Optional<Picture> picture) {}

  public static Card read(Element vcard) {
    String name =
        Stream.of("FN", "NICKNAME")
            .flatMap(field -> text(vcard, field).stream())
            .findFirst()
            .orElse("");
    Optional<Picture> picture =
        vcard
            .child("PHOTO", VCARD_TEMP)
            .flatMap(photo -> text(photo, "BINVAL"))
            .flatMap(Avatars::ofBase64);
    return new Card(
        DisplayName.of(name, MAX_NAME),
        text(vcard, "DESC").map(bio -> Html.ofPlainText(cut(bio, MAX_BIO))).orElse(RichText.EMPTY),
        picture);
  }

  /** What a vCard4 says; its picture is in nodes of its own. */
  public static Card read4(Element vcard) {
    String name =
        Stream.of("fn", "nickname").flatMap(field -> text4(vcard, field)).findFirst().orElse("");
    RichText bio =
        text4(vcard, "note")
            .findFirst()
            .map(note -> Html.ofPlainText(cut(note, MAX_BIO)))
            .orElse(RichText.EMPTY);
    return new Card(DisplayName.of(name, MAX_NAME), bio, Optional.empty());
  }

  private static Stream<String> text4(Element vcard, String field) {
    return vcard.children(field, VCARD4).stream()
        .map(property -> property.text().strip())
        .filter(text -> !text.isEmpty());
  }

  public static String nameOf(RemoteActor actor) {
    String name = actor.profile().name();
    return name.isEmpty() ? actor.handle().user() : name;
  }

  public static Element vcard4(RemoteActor actor) {
    Element.Builder card = Element.of("vcard", VCARD4);
    card.child(field("fn", "text", nameOf(actor)));
    card.child(field("nickname", "text", actor.handle().user()));
    String about = about(actor.profile());
    if (!about.isEmpty()) {
      card.child(field("note", "text", about));
    }
    // RFC 9554 §3.4.
    actor.profile().fields().stream()
        .filter(field -> PRONOUNS.matcher(field.name()).matches())
        .forEach(field -> card.child(field("pronouns", "text", field.value())));
    actor.profile().birthday().ifPresent(day -> card.child(field("bday", "date", day.toString())));
    card.child(field("url", "uri", actor.profile().page().orElse(actor.id()).toString()));
    card.child(field("impp", "uri", "acct:" + actor.handle()));
    return card.build();
  }

  public static Element vcardTemp(RemoteActor actor, Optional<Picture> picture) {
    Element.Builder card = Element.of("vCard", VCARD_TEMP);
    card.child("FN", nameOf(actor));
    card.child("NICKNAME", actor.handle().user());
    String about = about(actor.profile());
    if (!about.isEmpty()) {
      card.child("DESC", about);
    }
    actor.profile().birthday().ifPresent(day -> card.child("BDAY", day.toString()));
    card.child("URL", actor.profile().page().orElse(actor.id()).toString());
    picture.ifPresent(p ->
        card.child(
            Element.of("PHOTO", VCARD_TEMP)
                .child("TYPE", p.mediaType())
                .child("BINVAL", Base64.getEncoder().encodeToString(p.bytes()))
                .build()));
    return card.build();
  }

  /** Cards have no place for what people say in tables of their own. */
  private static String about(Profile profile) {
    String table =
        profile.fields().stream()
            .map(field -> field.name() + ": " + field.value())
            .collect(Collectors.joining("\n"));
    return Stream.of(profile.bio().toPlainText(), table)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }

  private static Element field(String name, String type, String value) {
    return Element.of(name, VCARD4).child(type, value).build();
  }

  private static Optional<String> text(Element element, String name) {
    return element
        .child(name, VCARD_TEMP)
        .map(child -> child.text().strip())
        .filter(text -> !text.isEmpty());
  }

  private static String cut(String text, int max) {
    return text.substring(0, Math.min(max, text.length()));
  }
}
