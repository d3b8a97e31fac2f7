@NullMarked
package io.emberwatch.collector.cluster;

import org.jspecify.annotations.NullMarked;
