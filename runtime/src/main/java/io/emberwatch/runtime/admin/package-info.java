/**
 * What operators look at: {@link io.emberwatch.runtime.admin.AdminServer} serves metrics and health
 * over HTTP, {@link io.emberwatch.runtime.admin.Metrics} holds the meters. The package must not
 * know Kafka or any service.
 */
@NullMarked
package io.emberwatch.runtime.admin;

import org.jspecify.annotations.NullMarked;
