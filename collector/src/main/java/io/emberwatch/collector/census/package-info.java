/**
 * A census of keys: {@link io.emberwatch.collector.census.KeyCensuses} takes a slice of it now and
 * then on each target that opted in, {@code CensusSlice} asks within a budget, {@code CensusTally}
 * counts, and what is known by the end of a slice goes to a {@link
 * io.emberwatch.collector.census.CensusPublisher}. It reads and never writes, and uses neither
 * MONITOR nor KEYS. The package must not know Kafka.
 */
@NullMarked
package io.emberwatch.collector.census;

import org.jspecify.annotations.NullMarked;
