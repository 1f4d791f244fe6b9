package im.tombolo.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The keys and values of a YAML file with the lines that they stand on. */
final class YamlFile {
  private final Path file;
  private final Map<String, Written> values = new LinkedHashMap<>();
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
    } catch (IOException unreadable) {
      yaml.mistakes.add(file + ": cannot be read: " + unreadable.getMessage());
    } catch (MarkedYAMLException malformed) {
      int line = malformed.getProblemMark() == null ? 1 : malformed.getProblemMark().getLine() + 1;
      yaml.mistakes.add(file + ":" + line + ": not YAML: " + malformed.getProblem());
    } catch (YAMLException malformed) {
      yaml.mistakes.add(file + ": not YAML: " + malformed.getMessage());
    }
    return yaml;
  }

  Map<String, Written> values() {
    return values;
  }

  List<String> mistakes() {
    return mistakes;
  }

  private void read() throws IOException {
    try (var in = Files.newBufferedReader(file)) {
      Node root = new Yaml(new LoaderOptions()).compose(in);
      if (root instanceof MappingNode mapping) {
        walk("", mapping);
      } else if (root != null) {
        mistakes.add(place(root) + ": expected sections such as xmpp: and web:");
      }
    }
  }

  private void walk(String prefix, MappingNode mapping) {
    for (NodeTuple entry : mapping.getValue()) {
      String key = prefix + text(entry.getKeyNode());
      switch (entry.getValueNode()) {
        case MappingNode section -> walk(key + ".", section);
        case ScalarNode scalar -> put(key, entry.getKeyNode(), List.of(scalar.getValue()));
        case SequenceNode list ->
            put(key, entry.getKeyNode(), list.getValue().stream().map(YamlFile::text).toList());
        default -> mistakes.add(place(entry.getKeyNode()) + ": " + key + ": not a value");
      }
    }
  }

  private void put(String key, Node at, List<String> written) {
    if (values.put(key, new Written(written, place(at))) != null) {
      mistakes.add(place(at) + ": " + key + ": stands here a second time");
    }
  }

  private String place(Node node) {
    return file + ":" + (node.getStartMark().getLine() + 1);
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
