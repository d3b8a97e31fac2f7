/**
 * The latest samples under redis_exporter's metric names, for dashboards and rules that were
 * written for it: {@link io.emberwatch.collector.exposition.ExpositionPages}. The package must not
 * know Kafka or Lettuce.
 */
@NullMarked
package io.emberwatch.collector.exposition;

import org.jspecify.annotations.NullMarked;
