/**
 * Whether a new version of a schema can read what older versions wrote.
 *
 * <p>Entry classes: {@link io.emberwatch.schemas.compatibility.Compatibility} for two schemas,
 * {@link io.emberwatch.schemas.compatibility.SchemaHistory} for the repository's against its
 * published versions. It must not know the registry.
 */
@NullMarked
package io.emberwatch.schemas.compatibility;

import org.jspecify.annotations.NullMarked;
