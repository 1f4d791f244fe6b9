package im.tombolo.interop.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * One small Internet on loopback: names, addresses, a certificate authority and directories under
 * {@code target/interop}. Safe for any thread. Names are per JVM, because {@link StageNames} makes
 * this JVM resolve them.
 */
public final class Stage {
  private static final AtomicInteger SEQUENCE = new AtomicInteger();

  private final Path directory;
  private final TestCa ca;
  private final Map<String, String> hosts = new ConcurrentHashMap<>();
  private final AtomicInteger lastAddress = new AtomicInteger(1);
  private final String network;

  public Stage(String name) {
    int number = SEQUENCE.incrementAndGet();
    long pid = ProcessHandle.current().pid();
    // All of 127/8 is loopback on Linux: a network for each stage keeps test runs apart on port
    // 443.
    network = "127.%d.%d.".formatted(1 + pid % 250, 1 + (pid / 250 + number * 7L) % 250);
    directory = fresh(module().resolve("target/interop").resolve(name + "-" + pid + "-" + number));
    ca = TestCa.create(fresh(directory.resolve("ca")));
  }

  public TestCa ca() {
    return ca;
  }

  /** A new empty directory for one program. */
  public Path directory(String name) {
    return fresh(directory.resolve(name));
  }

  /** Gives {@code name}, and the {@code aliases} beside it, an address of their own. */
  public Site site(String name, String... aliases) {
    String address = network + lastAddress.incrementAndGet();
    int port = Ports.bindable(address, 443) ? 443 : Ports.free();
    resolve(name, address);
    for (String alias : aliases) {
      resolve(alias, address);
    }
    return new Site(name, address, port);
  }

  private void resolve(String name, String address) {
    hosts.put(name, address);
    StageNames.put(name, address);
  }

  /** {@code name=address,…}, as peers/fedify/hosts.mjs takes it. */
  String hostsForNode() {
    return hosts.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }

  /**
   * A hosts file for the JDK's {@code jdk.net.hosts.file}; with it a JVM knows these names and no
   * others.
   */
  Path hostsFile() {
    String lines =
        hosts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey() + "\n")
            .collect(Collectors.joining("", "127.0.0.1 localhost\n", ""));
    return write(directory.resolve("hosts"), lines);
  }

  static Path module() {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  }

  static Path fresh(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException problem) {
      throw new StageException("cannot make " + path, problem);
    }
  }

  static Path write(Path path, String text) {
    try {
      Files.createDirectories(path.getParent());
      return Files.writeString(path, text);
    } catch (IOException problem) {
      throw new StageException("cannot write " + path, problem);
    }
  }
}
