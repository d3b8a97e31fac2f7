/**
 * Names of keys: which part of one is its prefix, {@link io.emberwatch.collector.key.PrefixFinder},
 * and in what form one may be published, {@link io.emberwatch.collector.key.KeyNames}. Pure; the
 * package must not know servers, Kafka or what the names are used for.
 */
@NullMarked
package io.emberwatch.collector.key;

import org.jspecify.annotations.NullMarked;
