/**
 * REST under {@code /api/v1}: JSON with snake_case names, described with examples in {@code
 * docs/api.md}. Start at {@link io.emberwatch.alerter.web.api.IncidentApi} and {@link
 * io.emberwatch.alerter.web.api.HealthApi}.
 */
@NullMarked
package io.emberwatch.alerter.web.api;

import org.jspecify.annotations.NullMarked;
