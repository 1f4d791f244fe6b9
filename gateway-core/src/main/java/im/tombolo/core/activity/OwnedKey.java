package im.tombolo.core.activity;

import java.net.URI;

/**
 * A public key and the actor that it claims to belong to.
 *
 * @param pem {@code BEGIN PUBLIC KEY}
 */
public record OwnedKey(URI id, URI owner, String pem) {}
