package io.emberwatch.collector.discover;

import io.emberwatch.collector.target.DefinitionSource;
import io.emberwatch.collector.target.Definitions;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.ServerAddress;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetSource;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.CheckState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything to poll: the listed targets, then what each discovery finds. An address counts once;
 * the listed target wins, then the discovery that is defined first. A discovery that fails keeps
 * what it found last, and {@link #check} says so. One thread of its own does all of it.
 */
public final class DiscoveredTargets implements TargetSource {

  private static final Logger LOG = LoggerFactory.getLogger(DiscoveredTargets.class);

  private final DefinitionSource source;
  private final Function<Discovery, Discoverer> discoverers;
  private final DiscoveryMeters meters;
  private final CheckState state;
  private final List<Consumer<List<Target>>> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "discovery");
            thread.setDaemon(true);
            return thread;
          });

  /** In the order of the definitions; replaced whole, and only on the timer. */
  private volatile Map<Discovery, Search> searches = Map.of();

  private volatile List<Target> targets;

  /**
   * Looks for nothing yet.
   *
   * @param source started and closed with this
   * @param discoverers makes the discoverer of a discovery
   */
  public DiscoveredTargets(
      DefinitionSource source,
      Function<Discovery, Discoverer> discoverers,
      MeterRegistry registry,
      Clock clock) {
    this.source = source;
    this.discoverers = discoverers;
    this.meters = new DiscoveryMeters(registry);
    this.state = new CheckState("discovery", clock);
    this.targets = source.definitions().targets();
    Gauge.builder("emberwatch.collector.discoveries", this, all -> all.searches.size())
        .description("groups whose servers are asked for")
        .register(registry);
    Gauge.builder("emberwatch.collector.discoveries.failing", this, DiscoveredTargets::failing)
        .description("of these, groups that nobody could tell the servers of at the last look")
        .register(registry);
  }

  @Override
  public void start() {
    source.onChange(definitions -> redefine());
    source.start();
    redefine();
  }

  @Override
  public List<Target> targets() {
    return targets;
  }

  @Override
  public void onChange(Consumer<List<Target>> listener) {
    listeners.add(listener);
  }

  /** Looks again soon in the discovery that found this target; nothing for a listed one. */
  public void hint(String instanceId) {
    for (Search search : searches.values()) {
      if (search.found().stream().anyMatch(target -> target.instanceId().equals(instanceId))) {
        search.hint();
      }
    }
  }

  @Override
  public Check check() {
    return state.check();
  }

  @Override
  public void close() {
    source.close();
    timer.shutdownNow();
    searches.values().forEach(Search::close);
  }

  private void redefine() {
    try {
      timer.execute(this::define);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("event=discovery_stopped");
    }
  }

  /** Starts what is new, ends what is gone, and leaves alone what is equal. */
  private void define() {
    Map<Discovery, Search> before = new LinkedHashMap<>(searches);
    Map<Discovery, Search> after = new LinkedHashMap<>();
    List<Search> fresh = new ArrayList<>();
    for (Discovery discovery : source.definitions().discoveries()) {
      Search search = before.remove(discovery);
      if (search == null) {
        search = new Search(discovery, discoverers.apply(discovery), timer, this::merge, meters);
        fresh.add(search);
      }
      after.put(discovery, search);
    }
    searches = after;
    before.values().forEach(Search::close);
    fresh.forEach(search -> search.start(foundLast(search.discovery(), before)));
    merge();
  }

  /** A discovery whose settings changed must not lose its targets while it looks again. */
  private static List<Target> foundLast(Discovery discovery, Map<Discovery, Search> ended) {
    return ended.values().stream()
        .filter(search -> search.discovery().id().equals(discovery.id()))
        .findFirst()
        .map(Search::found)
        .orElse(List.of());
  }

  private void merge() {
    Definitions definitions = source.definitions();
    Set<String> seen = new HashSet<>();
    List<Target> merged = new ArrayList<>(definitions.targets());
    merged.forEach(target -> seen.add(address(target)));
    for (Search search : searches.values()) {
      search.found().stream().filter(target -> seen.add(address(target))).forEach(merged::add);
    }
    report(merged.size());
    if (!merged.equals(targets)) {
      targets = List.copyOf(merged);
      listeners.forEach(listener -> tell(listener, targets));
    }
  }

  /** A listener that fails must not keep the change from the others. */
  private static void tell(Consumer<List<Target>> listener, List<Target> targets) {
    try {
      listener.accept(targets);
    } catch (RuntimeException fault) {
      LOG.error("event=targets_listener_failed", fault);
    }
  }

  private void report(int total) {
    List<String> faults = new ArrayList<>();
    for (Search search : searches.values()) {
      search.fault().ifPresent(fault -> faults.add(search.discovery().id() + ": " + fault));
    }
    if (faults.isEmpty()) {
      state.ok(searches.size() + " discoveries, " + total + " targets");
    } else {
      state.failing(String.join("; ", faults));
    }
  }

  private long failing() {
    return searches.values().stream().filter(search -> search.fault().isPresent()).count();
  }

  private static String address(Target target) {
    return ServerAddress.of(target.host(), target.port()).canonical();
  }
}
