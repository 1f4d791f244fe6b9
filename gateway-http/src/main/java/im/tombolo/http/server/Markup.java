package im.tombolo.http.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The frame of every page for people: no scripts, one style, nothing loaded but pictures. */
final class Markup {
  private static final String STYLE =
      """
      :root{color-scheme:light dark}
      body{max-width:42rem;margin:0 auto;padding:1rem;font:1.05rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
      header{display:flex;gap:1rem;align-items:center;border-bottom:1px solid #8885;padding-bottom:1rem}
      header img{width:5rem;height:5rem;border-radius:50%;object-fit:cover}
      h1{font-size:1.5rem;margin:0}
      article{border-bottom:1px solid #8885;padding:1rem 0}
      h2{font-size:1.25rem;margin:0 0 .5rem}
      pre{overflow-x:auto}
      blockquote{border-inline-start:3px solid #8888;margin-inline:0;padding-inline-start:1rem}
      article img{max-width:100%;height:auto}
      .quiet,time,footer{opacity:.75;font-size:.9rem}
      .invisible{display:none}
      .ellipsis::after{content:"…"}
      nav{padding:1rem 0}
      """;

  /** For the Content-Security-Policy header of pages. */
  static final String POLICY =
      "default-src 'none'; img-src https: http:; style-src 'sha256-"
          + sha256(STYLE)
          + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private Markup() {}

  /**
   * A whole page.
   *
   * @param head elements of the head, escaped already
   * @param body elements of the body, escaped already
   */
  static String page(String language, String title, String head, String body) {
    return """
    <!doctype html>
    <html lang="%s">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>%s</style>
    %s</head>
    <body>
    %s</body>
    </html>
    """
        .formatted(text(language), text(title), STYLE, head, body);
  }

  /** Text for content and for attributes in double quotes. */
  static String text(String plain) {
    StringBuilder out = new StringBuilder(plain.length() + 16);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
