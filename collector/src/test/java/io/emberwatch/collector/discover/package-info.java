@NullMarked
package io.emberwatch.collector.discover;

import org.jspecify.annotations.NullMarked;
