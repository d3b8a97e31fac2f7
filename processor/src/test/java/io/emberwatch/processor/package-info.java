/** The processor as a service. */
@NullMarked
package io.emberwatch.processor;

import org.jspecify.annotations.NullMarked;
