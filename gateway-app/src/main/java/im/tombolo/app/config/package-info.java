/** The configuration: one YAML file and the environment, checked as a whole. */
@NullMarked
package im.tombolo.app.config;

import org.jspecify.annotations.NullMarked;
