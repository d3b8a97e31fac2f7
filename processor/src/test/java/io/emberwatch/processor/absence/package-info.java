/** Tests of the judgement of silence. */
@NullMarked
package io.emberwatch.processor.absence;

import org.jspecify.annotations.NullMarked;
