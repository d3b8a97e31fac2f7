package io.emberwatch.runtime.admin;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** One service's meters: a Prometheus registry that also holds the JVM's and the process's. */
public final class Metrics implements AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final LogbackMetrics logback = new LogbackMetrics();
  private final List<Supplier<String>> pages = new CopyOnWriteArrayList<>();

  private Metrics(Tags tags) {
    registry.config().commonTags(tags);
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
    logback.bindTo(registry);
  }

  /** Every meter is tagged {@code service} and with the given tags. */
  public static Metrics create(String service, Map<String, String> tags) {
    Tags all = Tags.of("service", service);
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      all = all.and(Tag.of(tag.getKey(), tag.getValue()));
    }
    return new Metrics(all);
  }

  /** Where to register meters. */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /** Appends text in the same format to each {@link #scrape}, of families that no meter has. */
  public void append(Supplier<String> page) {
    pages.add(page);
  }

  /** All meters in Prometheus' text format 0.0.4, and what was appended. */
  public String scrape() {
    StringBuilder text = new StringBuilder(registry.scrape());
    pages.forEach(page -> text.append(page.get()));
    return text.toString();
  }

  @Override
  public void close() {
    gc.close();
    logback.close();
    registry.close();
  }
}
