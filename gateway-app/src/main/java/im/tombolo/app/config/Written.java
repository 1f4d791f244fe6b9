package im.tombolo.app.config;

import java.util.List;

/**
 * A value as somebody wrote it.
 *
 * @param values one for a scalar
 * @param plain false for a list that holds more than texts
 * @param place where it stands, to be put in front of an error
 */
record Written(List<String> values, boolean plain, String place) {}
