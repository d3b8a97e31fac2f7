/**
 * Rules: what is bad, since when, how bad, and when it is over. Pure: no clock, no I/O, no Kafka.
 *
 * <p>Entry: {@link io.emberwatch.processor.rule.RuleEngine} judges an {@link
 * io.emberwatch.processor.rule.Observation} against the rules of its {@link
 * io.emberwatch.processor.rule.View} and answers with the next state and the transitions to
 * publish. Rules are read from YAML. The package must not know who observes, nor who is told.
 */
@NullMarked
package io.emberwatch.processor.rule;

import org.jspecify.annotations.NullMarked;
