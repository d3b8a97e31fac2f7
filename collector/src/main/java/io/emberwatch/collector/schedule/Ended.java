package io.emberwatch.collector.schedule;

import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.probe.Finding;
import io.emberwatch.collector.probe.Probe;

/** How a probe of one poll ended. */
record Ended(Probe probe, ProbeOutcome<Finding> outcome) {}
