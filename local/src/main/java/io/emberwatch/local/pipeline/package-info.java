/**
 * The whole pipeline on one machine. Entry class: {@link
 * io.emberwatch.local.pipeline.LocalPipeline}, all in this JVM; {@link
 * io.emberwatch.local.pipeline.ServiceSettings} says how each service is set up, in this JVM or in
 * its own. The package must not know the demo.
 */
@NullMarked
package io.emberwatch.local.pipeline;

import org.jspecify.annotations.NullMarked;
