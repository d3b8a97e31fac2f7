@NullMarked
package io.emberwatch.collector.info;

import org.jspecify.annotations.NullMarked;
