@NullMarked
package io.emberwatch.collector.dns;

import org.jspecify.annotations.NullMarked;
