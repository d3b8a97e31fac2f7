/** Keeps the files of {@code deploy/} and {@code docker-compose.yml} true to the services. */
@NullMarked
package io.emberwatch.local.deploy;

import org.jspecify.annotations.NullMarked;
