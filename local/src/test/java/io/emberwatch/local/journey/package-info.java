/**
 * The pipeline's integration test: real servers in, an incident out. {@link
 * io.emberwatch.local.journey.PipelineJourney} is the test and knows addresses only; its subclasses
 * start the servers, as processes here and as containers in {@code local.containers}.
 */
@NullMarked
package io.emberwatch.local.journey;

import org.jspecify.annotations.NullMarked;
