/** The stages under production's properties on a driver that starts at the epoch. */
@NullMarked
package io.emberwatch.processor.topology;

import org.jspecify.annotations.NullMarked;
