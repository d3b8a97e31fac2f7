@NullMarked
package io.emberwatch.collector;

import org.jspecify.annotations.NullMarked;
