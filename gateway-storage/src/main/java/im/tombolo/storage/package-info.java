/**
 * The state in PostgreSQL: one class for each repository of {@code core.port}, one way to a
 * connection ({@link im.tombolo.storage.Storage}), the schema (Flyway) and the embedded server.
 */
@NullMarked
package im.tombolo.storage;

import org.jspecify.annotations.NullMarked;
