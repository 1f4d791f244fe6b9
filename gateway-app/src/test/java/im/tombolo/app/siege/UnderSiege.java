package im.tombolo.app.siege;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Siege} of a run that has the peer within its reach. */
final class UnderSiege implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Siege.class;
  }

  @Override
  public Siege resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .getOrComputeIfAbsent(Siege.class, key -> lay(), Siege.class);
  }

  private static Siege lay() {
    try {
      return Siege.lay(Files.createTempDirectory("siege"));
    } catch (IOException | SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
