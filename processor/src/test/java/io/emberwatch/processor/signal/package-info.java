/** Hand-computed figures for each signal, and the laws that hold for all. */
@NullMarked
package io.emberwatch.processor.signal;

import org.jspecify.annotations.NullMarked;
