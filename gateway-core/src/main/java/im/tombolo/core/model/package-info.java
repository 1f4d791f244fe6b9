/**
 * The one vocabulary for both networks: plain values that say what people do, without a word about
 * how either network writes it down. A payload becomes one of these at one door ({@code atom} or
 * {@code activity}) and leaves through the other.
 */
@NullMarked
package im.tombolo.core.model;

import org.jspecify.annotations.NullMarked;
