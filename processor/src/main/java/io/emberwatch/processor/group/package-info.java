/**
 * What is known of a replication group: a primary and the replicas that copy it, or a lone server.
 * {@link io.emberwatch.processor.group.GroupView} is the entry: it folds the members' signals and
 * answers how many primaries and replicas there are. Time is the event time of the samples, never a
 * clock, so a replay gives what the live run gave.
 *
 * <p>Must not know Kafka, and decides nothing: rules judge its figures.
 */
@NullMarked
package io.emberwatch.processor.group;

import org.jspecify.annotations.NullMarked;
