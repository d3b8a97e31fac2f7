@NullMarked
package io.emberwatch.collector.display;

import org.jspecify.annotations.NullMarked;
