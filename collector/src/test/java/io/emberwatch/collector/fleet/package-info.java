/** Tests of the shared fleet. */
@NullMarked
package io.emberwatch.collector.fleet;

import org.jspecify.annotations.NullMarked;
