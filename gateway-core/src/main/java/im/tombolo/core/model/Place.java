package im.tombolo.core.model;

import java.util.Optional;

/**
 * A place in the world.
 *
 * @param name what people call it
 * @param coordinates where it is
 */
public record Place(Optional<String> name, Optional<Coordinates> coordinates) {
  /**
   * @param latitude degrees north, -90 to 90 (WGS 84)
   * @param longitude degrees east, -180 to 180
   */
  public record Coordinates(double latitude, double longitude) {}
}
