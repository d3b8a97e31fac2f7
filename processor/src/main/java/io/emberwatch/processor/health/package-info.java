/**
 * The latest state of instances, groups and fleets: what the fleet page shows. {@link
 * io.emberwatch.processor.health.InstanceHealth} judges an instance from its last sample and the
 * rules that fire on it; {@link io.emberwatch.processor.health.Rollup} folds instances into a group
 * and groups into a fleet by one and the same function.
 *
 * <p>Must not know Kafka and has no clock: times are those of samples and transitions.
 */
@NullMarked
package io.emberwatch.processor.health;

import org.jspecify.annotations.NullMarked;
