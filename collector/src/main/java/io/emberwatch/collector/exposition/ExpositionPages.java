package io.emberwatch.collector.exposition;

import io.emberwatch.collector.target.Target;
import io.emberwatch.runtime.admin.AdminServer.Reply;
import io.emberwatch.schemas.InstanceSample;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The latest samples for Prometheus, as redis_exporter would show them: {@code
 * /scrape?target=host:port} one server, {@code /metrics} all of them with labels that tell them
 * apart. It shows what polls have found and never asks a server; a target that is not watched is
 * not found. Thread-safe.
 */
public final class ExpositionPages {

  private final ExpositionSettings settings;
  private final LatestSamples latest = new LatestSamples();

  /** Pages without samples. */
  public ExpositionPages(ExpositionSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes a sample.
   *
   * @param encoded Avro's encoding of it, as it was published; not changed afterwards
   */
  public void take(InstanceSample sample, ByteBuffer encoded) {
    if (settings.enabled()) {
      latest.take(sample, encoded);
    }
  }

  /** Forgets what a target said, since what it says now cannot be shown. */
  public void forget(String instanceId) {
    latest.forget(LatestSamples.addressOf(instanceId));
  }

  /** Forgets the targets that are not watched any more. */
  public void watch(List<Target> targets) {
    latest.keep(targets.stream().map(Target::address).collect(Collectors.toSet()));
  }

  /** The page of one target, named by {@code target} as the exporter takes it. */
  public Reply scrape(Map<String, String> query) {
    if (!settings.enabled()) {
      return Reply.text(404, "prometheus.enabled is false\n");
    }
    String named = query.get("target");
    if (named == null || named.isEmpty()) {
      return Reply.text(400, "'target' parameter must be specified\n");
    }
    try {
      Optional<InstanceSample> sample = latest.of(Target.at("any", "any", named).address());
      return sample
          .map(found -> Reply.metrics(page(found)))
          .orElseGet(() -> Reply.text(404, "no sample of a target at this address\n"));
    } catch (IllegalArgumentException wrong) {
      return Reply.text(400, wrong.getMessage() + "\n");
    }
  }

  /** All targets, if they are not too many for one page; else a comment that says so. */
  public String all() {
    int count = latest.size();
    if (count > settings.metricsPageTargets()) {
      return "# %d targets, more than prometheus.metrics-page-targets: see /scrape?target=%n"
          .formatted(count);
    }
    Page page = new Page();
    latest.all().forEach(sample -> RedisSeries.add(sample, page.of(labels(sample))));
    return page.toString();
  }

  private static String page(InstanceSample sample) {
    Page page = new Page();
    RedisSeries.add(sample, page.of(Map.of()));
    return page.toString();
  }

  private static Map<String, String> labels(InstanceSample sample) {
    return Map.of(
        "instance",
        LatestSamples.addressOf(sample.getInstanceId()),
        "fleet",
        sample.getFleet(),
        "group",
        sample.getGroup());
  }
}
