/** How servers are named: their random ids as text. It must not know topics or the registry. */
@NullMarked
package io.emberwatch.schemas.identity;

import org.jspecify.annotations.NullMarked;
