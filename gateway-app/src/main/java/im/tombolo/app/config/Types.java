package im.tombolo.app.config;

import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.policy.Domains;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kinds of values. Each gives a setting of its kind. */
final class Types {
  private static final int MAX_PORT = 65_535;
  private static final int MIN_SIZE = 1_024;
  private static final int MIN_TOKEN = 16;
  // What fits into a header.
  private static final Pattern TOKEN = Pattern.compile("[!-~]{" + MIN_TOKEN + ",1000}");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)?");
  private static final Pattern DOMAIN = Pattern.compile("[\\p{L}\\p{M}\\p{N}._:\\[\\]-]+");
  private static final Pattern ADDRESS = Pattern.compile("(.+):([0-9]{1,5})");

  private Types() {}

  private static <T> Setting<T> setting(
      String key,
      String expected,
      Optional<String> fallback,
      String about,
      Function<String, T> parse) {
    return new Setting<>(key, expected, fallback, false, about, one(parse));
  }

  private static <T> Function<List<String>, T> one(Function<String, T> parse) {
    return values -> {
      if (values.size() != 1) {
        throw new IllegalArgumentException("one value");
      }
      return parse.apply(values.getFirst());
    };
  }

  static <T> Setting<T> required(Setting<T> setting) {
    return new Setting<>(
        setting.key(),
        setting.expected(),
        Optional.empty(),
        true,
        setting.about(),
        setting.parse());
  }

  static Setting<String> text(String key, String expected, String fallback, String about) {
    return setting(key, expected, given(fallback), about, Types::notEmpty);
  }

  static Setting<Secret> secret(String key, String about) {
    return setting(key, "a text", Optional.empty(), about, text -> new Secret(notEmpty(text)));
  }

  /** A secret that strangers may guess at. */
  static Setting<Secret> token(String key, String about) {
    return setting(
        key,
        "a text of " + MIN_TOKEN + " characters or more, without spaces",
        Optional.empty(),
        about,
        Types::token);
  }

  static Secret token(String text) {
    if (!TOKEN.matcher(text).matches()) {
      throw new IllegalArgumentException("short");
    }
    return new Secret(text);
  }

  static Setting<Boolean> flag(String key, boolean fallback, String about) {
    return setting(
        key,
        "true or false",
        Optional.of(Boolean.toString(fallback)),
        about,
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on" -> true;
              case "false", "no", "off" -> false;
              default -> throw new IllegalArgumentException(text);
            });
  }

  static Setting<Integer> integer(String key, int min, int max, int fallback, String about) {
    return setting(
        key,
        "a whole number from " + min + " to " + max,
        Optional.of(Integer.toString(fallback)),
        about,
        text -> within(Integer.parseInt(text), min, max));
  }

  static Setting<Integer> size(String key, int max, String fallback, String about) {
    return setting(
        key,
        "a size such as 512KiB or 1MiB",
        Optional.of(fallback),
        about,
        text -> within(bytes(text), MIN_SIZE, max));
  }

  /** Of files rather than texts: without an end. */
  static Setting<Long> largeSize(String key, String fallback, String about) {
    return setting(
        key,
        "a size such as 512KiB, 40MiB or 20GiB",
        Optional.of(fallback),
        about,
        text -> {
          long bytes = bytes(text);
          if (bytes < MIN_SIZE) {
            throw new IllegalArgumentException(text);
          }
          return bytes;
        });
  }

  private static long bytes(String text) {
    Matcher matcher = matched(SIZE, text);
    long unit =
        switch (String.valueOf(matcher.group(2))) {
          case "KiB" -> 1L << 10;
          case "MiB" -> 1L << 20;
          case "GiB" -> 1L << 30;
          default -> 1;
        };
    return Long.parseLong(String.valueOf(matcher.group(1))) * unit;
  }

  static Setting<Duration> duration(String key, String fallback, String about) {
    return setting(
        key,
        "a time such as 500ms, 30s, 5m, 24h or 7d",
        Optional.of(fallback),
        about,
        text -> {
          Matcher matcher = matched(DURATION, text);
          long number = Long.parseLong(String.valueOf(matcher.group(1)));
          Duration unit =
              switch (String.valueOf(matcher.group(2))) {
                case "ms" -> Duration.ofMillis(1);
                case "s" -> Duration.ofSeconds(1);
                case "m" -> Duration.ofMinutes(1);
                case "h" -> Duration.ofHours(1);
                default -> Duration.ofDays(1);
              };
          if (number == 0) {
            throw new IllegalArgumentException("zero");
          }
          return unit.multipliedBy(number);
        });
  }

  static Setting<InetSocketAddress> address(String key, String fallback, String about) {
    return setting(
        key,
        "host:port",
        Optional.of(fallback),
        about,
        text -> {
          Matcher matcher = matched(ADDRESS, text);
          return InetSocketAddress.createUnresolved(
              String.valueOf(matcher.group(1)),
              within(Integer.parseInt(String.valueOf(matcher.group(2))), 0, MAX_PORT));
        });
  }

  static Setting<URI> url(String key, String about) {
    return setting(
        key,
        "a URL such as https://example.org",
        Optional.empty(),
        about,
        text -> {
          try {
            URI uri = new URI(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (!web
                || uri.getHost() == null
                || uri.getUserInfo() != null
                || uri.getPort() == 0
                || uri.getPort() > MAX_PORT
                || uri.getQuery() != null
                || uri.getFragment() != null) {
              throw new IllegalArgumentException(text);
            }
            return uri;
          } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(malformed);
          }
        });
  }

  /** Where somebody can be told something (RFC 9116 §2.5.3). */
  static Setting<URI> contact(String key, String about) {
    return setting(
        key,
        "an address such as mailto:security@example.org or https://example.org/security",
        Optional.empty(),
        about,
        text -> {
          URI uri = URI.create(text);
          return switch (String.valueOf(uri.getScheme())) {
            case "mailto", "https", "tel" -> uri;
            default -> throw new IllegalArgumentException(text);
          };
        });
  }

  static Setting<Path> path(String key, String fallback, String about) {
    return setting(
        key,
        "a path, relative to this file",
        given(fallback),
        about,
        text -> {
          try {
            return Path.of(notEmpty(text));
          } catch (InvalidPathException malformed) {
            throw new IllegalArgumentException(malformed);
          }
        });
  }

  static Setting<String> domain(String key, String about) {
    return setting(key, "a domain such as ap.example.org", Optional.empty(), about, Types::domain);
  }

  static Setting<List<String>> domains(String key, String about) {
    return list(key, "a list of domains", "", about, Types::domain);
  }

  /** Fediverse servers, however they are written. */
  static Setting<List<String>> servers(String key, String about) {
    return list(
        key,
        "a list of domains",
        "",
        about,
        text ->
            Domains.canonical(text)
                .filter(domain -> domain.indexOf('.') > 0)
                .orElseThrow(() -> new IllegalArgumentException(text)));
  }

  /** As people write it, with an @ in front or without. */
  static Handle handle(String text) {
    return Handle.parse(text.startsWith("@") ? text.substring(1) : text)
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  static <T> Setting<List<T>> list(
      String key, String expected, String fallback, String about, Function<String, T> parse) {
    return new Setting<>(
        key,
        expected,
        Optional.of(fallback),
        false,
        about,
        values -> values.stream().filter(text -> !text.isEmpty()).map(parse).toList());
  }

  static Setting<String> choice(String key, List<String> choices, String about) {
    return setting(
        key,
        String.join(" or ", choices),
        Optional.of(choices.getFirst()),
        about,
        text -> {
          if (!choices.contains(text)) {
            throw new IllegalArgumentException(text);
          }
          return text;
        });
  }

  /** A numeric address, IPv4 or IPv6. */
  static String address(String text) {
    return InetAddress.ofLiteral(text).getHostAddress();
  }

  private static String notEmpty(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("empty");
    }
    return text;
  }

  private static String domain(String text) {
    Jid jid = Jid.of(text);
    if (!jid.isDomain() || !jid.isBare() || !DOMAIN.matcher(jid.domain()).matches()) {
      throw new IllegalArgumentException(text);
    }
    return jid.domain();
  }

  static List<String> words(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).toList();
  }

  private static Optional<String> given(String fallback) {
    return Optional.of(fallback).filter(text -> !text.isEmpty());
  }

  private static Matcher matched(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    return matcher;
  }

  private static int within(long number, int min, int max) {
    if (number < min || number > max) {
      throw new IllegalArgumentException(Long.toString(number));
    }
    return (int) number;
  }
}
