/**
 * Ports, folders and child processes: what the embedded servers share. Entry class: {@link
 * io.emberwatch.embedded.process.ChildProcess}. It must not know Kafka, the registry or Redis.
 */
@NullMarked
package io.emberwatch.embedded.process;

import org.jspecify.annotations.NullMarked;
