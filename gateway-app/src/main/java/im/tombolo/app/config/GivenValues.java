package im.tombolo.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody wrote in the file and in the environment, which wins, and what is wrong with it.
 * One thread.
 */
final class GivenValues {
  private final Path file;
  private final Map<String, Written> values = new LinkedHashMap<>();
  private final Set<String> fromEnvironment = new HashSet<>();
  private final List<String> mistakes = new ArrayList<>();

  private GivenValues(Path file) {
    this.file = file;
  }

  /** Names that no setting has are mistakes from the start. */
  static GivenValues read(Path file, Map<String, String> environment) {
    GivenValues given = new GivenValues(file);
    given.take(YamlFile.read(file), environment);
    return given;
  }

  private void take(YamlFile yaml, Map<String, String> environment) {
    mistakes.addAll(yaml.mistakes());
    yaml.values().forEach(this::keep);
    yaml.empty().forEach(this::checkEmpty);
    for (Setting<?> setting : Settings.ALL) {
      String variable = setting.variable();
      String set = environment.get(variable);
      if (set != null) {
        boolean isList = setting.expected().startsWith("a list");
        values.put(
            setting.key(),
            new Written(isList ? Types.words(set) : List.of(set), true, "environment " + variable));
        fromEnvironment.add(setting.key());
      }
    }
  }

  private void keep(String key, Written written) {
    if (Settings.ALL.stream().anyMatch(setting -> setting.key().equals(key))) {
      values.put(key, written);
    } else {
      unknown(key, written.place());
    }
  }

  /** A key without a value counts as not given, a section without keys too. */
  private void checkEmpty(String key, String place) {
    if (Settings.ALL.stream().noneMatch(setting -> (setting.key() + ".").startsWith(key + "."))) {
      unknown(key, place);
    }
  }

  private void unknown(String key, String place) {
    String nearest =
        Settings.ALL.stream()
            .map(Setting::key)
            .min(Comparator.comparingInt(known -> Spelling.distance(key, known)))
            .orElseThrow();
    String shown = YamlFile.shown(key);
    mistakes.add(place + ": " + shown + ": unknown key; did you mean " + nearest + "?");
  }

  /** The value, or what counts when none is given; empty when it is wrong or there is none. */
  <T> Optional<T> get(Setting<T> setting) {
    Written written = values.get(setting.key());
    if (written == null) {
      if (setting.required()) {
        wrong(setting, file.toString(), "is missing");
      }
      return setting.fallback().map(text -> setting.parse().apply(Types.words(text)));
    }
    if (!written.plain()) {
      wrong(setting, written.place(), "does not fit");
      return Optional.empty();
    }
    try {
      T value = setting.parse().apply(written.values());
      if (setting.required() && value.equals(List.of())) {
        wrong(setting, written.place(), "is empty");
      }
      return Optional.of(value);
    } catch (IllegalArgumentException notOne) {
      wrong(setting, written.place(), "does not fit");
      return Optional.empty();
    }
  }

  /** Notes a mistake where the key stands. */
  void wrong(Setting<?> setting, String what) {
    wrong(setting, place(setting), what);
  }

  /** Notes a mistake that shows itself at {@code place}. */
  void wrong(Setting<?> setting, String place, String what) {
    mistakes.add(place + ": " + setting.key() + ": " + what + "; expected " + setting.expected());
  }

  /** Notes a mistake where something else is expected than of the key alone. */
  void unsuitable(Setting<?> setting, String what, String expected) {
    mistakes.add(place(setting) + ": " + setting.key() + ": " + what + "; expected " + expected);
  }

  /** All that are known by now, in the order in which they were found. */
  List<String> mistakes() {
    return List.copyOf(mistakes);
  }

  /** All limits have defaults; a wrong one is on the list of mistakes by then. */
  <T> T limit(Setting<T> setting) {
    return get(setting)
        .orElseGet(() -> setting.parse().apply(Types.words(setting.fallback().orElseThrow())));
  }

  /** Of the two the environment's counts, and else the one that is written out. */
  Optional<Secret> secret(Setting<Secret> direct, Setting<Path> inFile, Path directory) {
    boolean isEnvironments = isFromEnvironment(inFile) && !isFromEnvironment(direct);
    return isGiven(direct) && !isEnvironments
        ? get(direct)
        : get(inFile).map(directory::resolve).flatMap(path -> secret(inFile, path));
  }

  private Optional<Secret> secret(Setting<Path> setting, Path path) {
    try {
      String secret = Files.readString(path).strip();
      if (secret.isEmpty()) {
        wrong(setting, place(setting), "names an empty file");
      } else if (setting.equals(Settings.ADMIN_TOKEN_FILE)) {
        return Optional.of(Types.token(secret));
      } else {
        return Optional.of(new Secret(secret));
      }
    } catch (IllegalArgumentException shortOne) {
      wrong(setting, place(setting), "holds no " + Settings.ADMIN_TOKEN.expected());
    } catch (IOException unreadable) {
      wrong(setting, place(setting), "cannot be read");
    }
    return Optional.empty();
  }

  boolean isGiven(Setting<?> setting) {
    return values.containsKey(setting.key());
  }

  private boolean isFromEnvironment(Setting<?> setting) {
    return fromEnvironment.contains(setting.key());
  }

  /** Where it is written; the file for what is not. */
  String place(Setting<?> setting) {
    Written written = values.get(setting.key());
    return written == null ? file.toString() : written.place();
  }
}
