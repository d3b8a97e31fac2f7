package io.emberwatch.collector.census;

import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.HotKeys;
import io.emberwatch.schemas.KeyCensus;
import io.emberwatch.schemas.KeyScan;
import io.emberwatch.schemas.ScanCost;
import io.emberwatch.schemas.SliceEnd;
import java.time.Instant;

/** The records of one target's census. Pure. */
final class CensusRecords {

  private final Target target;
  private final String collectorId;

  CensusRecords(Target target, String collectorId) {
    this.target = target;
    this.collectorId = collectorId;
  }

  /** A slice that has ended, with what its pass knows by then. */
  KeyScan slice(ServerState server, CensusPass pass, SliceEnd end, ScanCost cost, Instant now) {
    KeyCensus census = new KeyCensus();
    census.setPassStarted(pass.started());
    census.setSlice(pass.slices());
    census.setEnd(end);
    census.setSampledShare(pass.sampledShare());
    census.setDatabases(pass.databases());
    census.setPrefixes(pass.tally().prefixes(pass.databases()));
    census.setBiggest(pass.tally().biggest());
    census.setCost(cost);
    KeyScan scan = of(server, now);
    scan.setCensus(census);
    return scan;
  }

  /** A look at hot keys. */
  KeyScan hotKeys(ServerState server, HotKeys hotKeys, Instant now) {
    KeyScan scan = of(server, now);
    scan.setHotKeys(hotKeys);
    return scan;
  }

  private KeyScan of(ServerState server, Instant now) {
    KeyScan scan = new KeyScan();
    scan.setInstanceId(target.instanceId());
    scan.setFleet(target.fleet());
    scan.setGroup(target.group());
    scan.setLabels(target.labels());
    scan.setCollectorId(collectorId);
    scan.setRunId(server.runId());
    scan.setRole(server.role());
    scan.setTakenAt(now);
    return scan;
  }
}
