/** The one client for everything that we ask of others or send to them. */
@NullMarked
package im.tombolo.http.client;

import org.jspecify.annotations.NullMarked;
