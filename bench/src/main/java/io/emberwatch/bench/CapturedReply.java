package io.emberwatch.bench;

import io.emberwatch.collector.info.InfoParser;
import io.emberwatch.collector.info.Look;
import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Replies of a real Redis 7.0.15, and the samples that they become. */
public enum CapturedReply {
  /** The sections of every poll. */
  CORE("primary-info.txt"),
  /** With commandstats, errorstats and latencystats. */
  EVERYTHING("primary-info-everything.txt");

  private final String resource;

  CapturedReply(String resource) {
    this.resource = resource;
  }

  Look look() {
    return this == CORE ? Look.CORE : Look.FULL;
  }

  byte[] bytes() {
    try (InputStream stream = CapturedReply.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sample that the collector makes of it. */
  public InstanceSample sample() {
    InstanceSample sample = new InstanceSample();
    sample.setInstanceId("prod/orders/10.0.0.1:6379");
    sample.setFleet("prod");
    sample.setGroup("orders");
    sample.setLabels(Map.of());
    sample.setTier(Tier.CACHE);
    sample.setCollectorId("collector-1");
    sample.setSequence(1);
    sample.setSampledAt(Instant.EPOCH);
    sample.setPollIntervalMillis(15_000);
    sample.setState(TargetState.UP);
    sample.setEngine(Engine.REDIS);
    sample.setRole(Role.PRIMARY);
    sample.setInfoUsec(250L);
    sample.setProbeLatencyUsec(Map.of());
    sample.setRefusedProbes(List.of());
    InfoParser.parse(bytes(), look()).addTo(sample);
    return sample;
  }
}
