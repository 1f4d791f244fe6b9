package im.tombolo.core.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * A picture that we hold: the avatar of an account.
 *
 * @param sha1 lower-case hex SHA-1 of the bytes, the id that XEP-0084 §4 asks for
 * @param mediaType one of image/png, image/jpeg, image/gif, image/webp
 * @param width pixels, 0 when unknown
 * @param height pixels, 0 when unknown
 * @param bytes the file; never changed after construction
 */
@SuppressWarnings(
    "ArrayRecordComponent") // bytes are content-addressed by sha1 and never written to
public record Picture(String sha1, String mediaType, int width, int height, byte[] bytes) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Picture picture
        && sha1.equals(picture.sha1)
        && mediaType.equals(picture.mediaType)
        && Arrays.equals(bytes, picture.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(sha1, mediaType);
  }

  @Override
  public String toString() {
    return "Picture[" + sha1 + ", " + mediaType + ", " + bytes.length + " bytes]";
  }
}
