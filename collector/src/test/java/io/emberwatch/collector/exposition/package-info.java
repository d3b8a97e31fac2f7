@NullMarked
package io.emberwatch.collector.exposition;

import org.jspecify.annotations.NullMarked;
