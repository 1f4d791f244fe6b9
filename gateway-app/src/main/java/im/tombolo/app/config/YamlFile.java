package im.tombolo.app.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The keys and values of a YAML file with the lines that they stand on. Plain YAML only: no
 * aliases, which can make a small file endless, and no tags. What stands in the file is in no
 * mistake.
 */
final class YamlFile {
  private static final Pattern NO_KEY = Pattern.compile("(?s)[^A-Za-z0-9._-].*");

  private final Path file;
  private final Map<String, Written> values = new LinkedHashMap<>();
  private final Map<String, String> empty = new LinkedHashMap<>();
  private final List<String> mistakes = new ArrayList<>();

  private YamlFile(Path file) {
    this.file = file;
  }

  static YamlFile read(Path file) {
    YamlFile yaml = new YamlFile(file);
    try {
      yaml.read();
    } catch (NoSuchFileException missing) {
      yaml.mistakes.add(file + ": there is no such file");
    } catch (CharacterCodingException otherEncoding) {
      yaml.mistakes.add(file + ": is not UTF-8");
    } catch (IOException unreadable) {
      yaml.mistakes.add(file + ": cannot be read: " + unreadable.getMessage());
    } catch (MarkedYAMLException malformed) {
      Mark mark = malformed.getProblemMark();
      String place = mark == null ? file.toString() : yaml.place(mark);
      yaml.mistakes.add(place + ": not YAML: " + problem(String.valueOf(malformed.getProblem())));
    } catch (YAMLException malformed) {
      yaml.mistakes.add(file + ": not YAML: " + problem(String.valueOf(malformed.getMessage())));
    }
    return yaml;
  }

  /** A line of it; the name of a tag may be the beginning of a password without quotes. */
  private static String problem(String text) {
    return text.lines().findFirst().orElse("").replaceFirst("(tag handle).*", "$1");
  }

  Map<String, Written> values() {
    return values;
  }

  /** Keys without a value, by the place where they stand. */
  Map<String, String> empty() {
    return empty;
  }

  List<String> mistakes() {
    return mistakes;
  }

  private void read() throws IOException {
    String text = Files.readString(file);
    Yaml yaml = new Yaml(new LoaderOptions());
    yaml.parse(new StringReader(text)).forEach(this::checkPlain);
    if (!mistakes.isEmpty()) {
      return;
    }
    Node root = yaml.compose(new StringReader(text));
    if (root instanceof MappingNode mapping) {
      walk("", mapping);
    } else if (root != null && !root.getTag().equals(Tag.NULL)) {
      mistakes.add(place(root.getStartMark()) + ": expected sections such as xmpp: and web:");
    }
  }

  private void checkPlain(Event event) {
    boolean isTagged =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag() != null;
          case CollectionStartEvent collection -> collection.getTag() != null;
          default -> false;
        };
    if (isTagged || event instanceof AliasEvent) {
      mistakes.add(
          place(event.getStartMark())
              + ": aliases and tags are not understood; put quotes around a text that begins with"
              + " * or !");
    }
  }

  private void walk(String prefix, MappingNode mapping) {
    for (NodeTuple entry : mapping.getValue()) {
      String key = prefix + text(entry.getKeyNode());
      String place = place(entry.getKeyNode().getStartMark());
      switch (entry.getValueNode()) {
        case MappingNode section -> walk(key + ".", section);
        case ScalarNode nothing when nothing.getTag().equals(Tag.NULL) -> empty.put(key, place);
        case ScalarNode scalar -> put(key, new Written(List.of(scalar.getValue()), true, place));
        case SequenceNode list -> put(key, written(list, place));
        default -> mistakes.add(place + ": " + shown(key) + ": not a value");
      }
    }
  }

  private static Written written(SequenceNode list, String place) {
    return new Written(
        list.getValue().stream().map(YamlFile::text).toList(),
        list.getValue().stream().allMatch(ScalarNode.class::isInstance),
        place);
  }

  private void put(String key, Written written) {
    if (values.put(key, written) != null) {
      mistakes.add(written.place() + ": " + shown(key) + ": stands here a second time");
    }
  }

  /** As far as it can be a key: with a space or a colon forgotten, a password follows. */
  static String shown(String key) {
    return NO_KEY.matcher(key).replaceFirst("…");
  }

  private String place(Mark mark) {
    return file + ":" + (mark.getLine() + 1);
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
