/**
 * What a server says of its security, and how it differs from before: {@link
 * io.emberwatch.collector.security.AclLogCursor}, {@link
 * io.emberwatch.collector.security.AclUsers}, {@link
 * io.emberwatch.collector.security.Configuration}. Pure. Nothing that leaves the package holds a
 * password, its hash, or anything from which one could be guessed.
 */
@NullMarked
package io.emberwatch.collector.security;

import org.jspecify.annotations.NullMarked;
