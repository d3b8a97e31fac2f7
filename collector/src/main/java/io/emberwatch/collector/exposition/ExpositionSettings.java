package io.emberwatch.collector.exposition;

import io.emberwatch.runtime.config.ConfigReader;

/**
 * The Prometheus view.
 *
 * @param enabled whether samples are kept for it
 * @param metricsPageTargets targets that {@code /metrics} shows at most, 0 for none; {@code
 *     /scrape} shows any
 */
public record ExpositionSettings(boolean enabled, int metricsPageTargets) {

  /** A server has some 400 series, 35 KB of text. */
  public static final ExpositionSettings DEFAULTS = new ExpositionSettings(true, 100);

  /** The section {@code prometheus}. */
  public static ExpositionSettings read(ConfigReader section) {
    return new ExpositionSettings(
        section.bool("enabled"), (int) section.integer("metrics-page-targets", 0, 10_000));
  }
}
