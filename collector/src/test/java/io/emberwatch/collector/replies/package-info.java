@NullMarked
package io.emberwatch.collector.replies;

import org.jspecify.annotations.NullMarked;
