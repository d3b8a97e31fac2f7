/**
 * Configuration as explicit reading: a YAML document becomes a tree that remembers where each value
 * was written, and a {@link io.emberwatch.runtime.config.ConfigReader} hands out typed values and
 * collects every problem, so that one report holds all of them.
 *
 * <p>Start at {@link io.emberwatch.runtime.config.ServiceConfig} for a service's layered settings
 * and at {@link io.emberwatch.runtime.config.ConfigReader#ofFile} for a document of its own. The
 * package must not know any service, any key, Kafka or HTTP.
 */
@NullMarked
package io.emberwatch.runtime.config;

import org.jspecify.annotations.NullMarked;
