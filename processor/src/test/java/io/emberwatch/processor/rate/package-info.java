/** Laws of the window summaries. */
@NullMarked
package io.emberwatch.processor.rate;

import org.jspecify.annotations.NullMarked;
