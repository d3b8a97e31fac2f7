/**
 * Avro records for people and scripts: {@link io.emberwatch.collector.display.RecordTable} and
 * {@link io.emberwatch.collector.display.RecordJson}. The package must not know what a record is
 * about.
 */
@NullMarked
package io.emberwatch.collector.display;

import org.jspecify.annotations.NullMarked;
