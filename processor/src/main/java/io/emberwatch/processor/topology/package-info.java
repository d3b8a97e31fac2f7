/**
 * The wiring: one class a stage, each with one method from streams to streams, called in the order
 * of the data by {@code ProcessorTopology}. Stages read a store, call a pure function of a domain
 * package, write the store and forward. The package must not hold a formula or a decision.
 */
@NullMarked
package io.emberwatch.processor.topology;

import org.jspecify.annotations.NullMarked;
