/**
 * Telling receivers: notices are claimed from the outbox, sent outside of any transaction, and
 * their outcome is written down. At least once: a copy carries the same id.
 *
 * <p>Start at {@link io.emberwatch.alerter.notify.Dispatcher}; a receiver is one class that
 * implements {@link io.emberwatch.alerter.notify.Receiver}. The package must not know Kafka, nor
 * change an incident.
 */
@NullMarked
package io.emberwatch.alerter.notify;

import org.jspecify.annotations.NullMarked;
