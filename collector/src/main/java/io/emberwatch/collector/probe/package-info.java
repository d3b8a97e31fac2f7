/**
 * What is asked of a server, one class per source: {@link io.emberwatch.collector.probe.InfoProbe},
 * {@link io.emberwatch.collector.probe.SlowlogProbe}, {@link
 * io.emberwatch.collector.probe.ConfigProbe}. A probe sends over an {@link
 * io.emberwatch.collector.connect.Exchange} and reads the reply; it never changes anything on the
 * server. The package must not know Kafka or when a target is polled.
 */
@NullMarked
package io.emberwatch.collector.probe;

import org.jspecify.annotations.NullMarked;
