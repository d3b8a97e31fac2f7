/** Tests of the group view, and the signals that other tests are fed with. */
@NullMarked
package io.emberwatch.processor.group;

import org.jspecify.annotations.NullMarked;
