package im.tombolo.interop.stage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The libraries of other servers that sign and verify (peers/signatures, on Node). One thread. */
public final class SignatureLibraries implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Program program;
  private final Writer commands;
  private final BufferedReader answers;

  public SignatureLibraries(Path directory) {
    Path peer = Stage.module().resolve("peers/signatures");
    this.program =
        new Program(
            new Program.Spec(
                "signatures",
                List.of(FedifyPeer.node(peer), peer.resolve("check.mjs").toString()),
                Map.of(),
                directory,
                true));
    program.start(() -> true);
    this.commands = program.process().outputWriter();
    this.answers = program.process().inputReader();
  }

  /** The answer to one command; fails with what the library threw. */
  public JsonNode ask(Map<String, Object> command) {
    try {
      commands.write(JSON.writeValueAsString(command));
      commands.write('\n');
      commands.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new StageException("the libraries ended; see signatures.log");
      }
      JsonNode answer = JSON.readTree(line);
      if (answer.has("error")) {
        throw new StageException(command.get("library") + ": " + answer.get("error").stringValue());
      }
      return answer;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
