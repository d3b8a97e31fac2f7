/**
 * A census of keys: {@link io.emberwatch.collector.census.KeyCensuses} takes a slice of it now and
 * then on each target that opted in, {@code CensusSlice} asks within a budget, {@code CensusTally}
 * counts, and what is known by the end of a slice goes to a {@link
 * io.emberwatch.collector.census.CensusPublisher}. {@code HotKeysLook} asks for hot keys, where
 * that is wanted. Keys are read and never written; neither MONITOR nor KEYS is used. The package
 * must not know Kafka.
 */
@NullMarked
package io.emberwatch.collector.census;

import org.jspecify.annotations.NullMarked;
