package im.tombolo.interop.stage;

/**
 * The stage itself is broken (a program that does not start, say); never a verdict on the product.
 */
public class StageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StageException(String message) {
    super(message);
  }

  public StageException(String message, Throwable cause) {
    super(message, cause);
  }
}
