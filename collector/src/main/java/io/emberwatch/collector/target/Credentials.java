package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.Secret;
import java.util.Optional;

/**
 * How to log in.
 *
 * @param user ACL user; empty for the default user and for servers before 6.0
 * @param password read again at each connect, so a rotated file is picked up
 */
public record Credentials(Optional<String> user, Secret password) {}
