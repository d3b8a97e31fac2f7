/** The same sample in other formats: what ours is measured against. */
@NullMarked
package io.emberwatch.bench.format;

import org.jspecify.annotations.NullMarked;
