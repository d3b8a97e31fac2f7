/** Tests of the health of instances, groups and fleets. */
@NullMarked
package io.emberwatch.processor.health;

import org.jspecify.annotations.NullMarked;
