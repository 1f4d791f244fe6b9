/** The product: reads the configuration, puts the rooms together, starts and stops them. */
@NullMarked
package im.tombolo.app;

import org.jspecify.annotations.NullMarked;
