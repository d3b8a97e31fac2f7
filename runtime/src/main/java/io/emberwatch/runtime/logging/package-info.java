/**
 * Logging set-up shared by the services: one line per event with {@code key=value} fields, from
 * {@code logback.xml} in this jar. {@link io.emberwatch.runtime.logging.LogThrottle} keeps repeated
 * faults from flooding. The package must not know any service.
 */
@NullMarked
package io.emberwatch.runtime.logging;

import org.jspecify.annotations.NullMarked;
