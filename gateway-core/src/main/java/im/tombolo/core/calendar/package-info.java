/**
 * iCalendar (RFC 5545): events as files that calendars read, and rules of recurrence. Knows neither
 * of the two networks.
 */
@NullMarked
package im.tombolo.core.calendar;

import org.jspecify.annotations.NullMarked;
