/** The pipeline's journey on official images, where a Docker engine answers. */
@NullMarked
package io.emberwatch.local.containers;

import org.jspecify.annotations.NullMarked;
