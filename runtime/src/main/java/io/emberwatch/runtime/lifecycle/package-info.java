/**
 * How a service starts, says how it is, and stops: {@link io.emberwatch.runtime.lifecycle.Service}
 * is the contract, {@link io.emberwatch.runtime.lifecycle.ServiceMain} runs one until a signal. The
 * package must not know HTTP, Kafka or any service.
 */
@NullMarked
package io.emberwatch.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
