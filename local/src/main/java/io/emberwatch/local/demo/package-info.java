/**
 * The guided demo: real servers are broken one after another, and each fault is followed to its
 * breach, incident, notification and end. Entry class: {@link io.emberwatch.local.demo.Demo}. It
 * sees the pipeline only as a user does: topics and a webhook.
 */
@NullMarked
package io.emberwatch.local.demo;

import org.jspecify.annotations.NullMarked;
