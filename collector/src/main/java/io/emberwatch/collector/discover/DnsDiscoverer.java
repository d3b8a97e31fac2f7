package io.emberwatch.collector.discover;

import io.emberwatch.collector.dns.DnsAnswer;
import io.emberwatch.collector.dns.DnsLookup;
import io.emberwatch.collector.dns.SteadyAnswer;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.DiscoveryMethod;
import io.emberwatch.collector.target.DiscoveryMethod.Dns.Grouping;
import io.emberwatch.collector.target.DiscoveryMethod.Dns.Kind;
import io.emberwatch.collector.target.ServerAddress;
import io.emberwatch.collector.target.Target;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The servers behind names in DNS. The answer to each name is made steady for itself, so that one
 * that fails takes nothing away. One call at a time.
 */
final class DnsDiscoverer implements Discoverer {

  private final Discovery discovery;
  private final DiscoveryMethod.Dns method;
  private final DnsLookup lookup;
  private final Map<ServerAddress, SteadyAnswer> steady = new LinkedHashMap<>();

  DnsDiscoverer(Discovery discovery, DiscoveryMethod.Dns method, DnsLookup lookup) {
    this.discovery = discovery;
    this.method = method;
    this.lookup = lookup;
    for (ServerAddress name : method.names()) {
      steady.put(name, SteadyAnswer.NONE);
    }
  }

  @Override
  public CompletableFuture<List<Target>> discover() {
    Map<ServerAddress, CompletableFuture<DnsAnswer>> asked = new LinkedHashMap<>();
    steady.keySet().forEach(name -> asked.put(name, ask(name)));
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              Map<ServerAddress, DnsAnswer> answers = new LinkedHashMap<>();
              asked.forEach((name, answer) -> answers.put(name, answer.join()));
              return targets(answers);
            });
  }

  @Override
  public void close() {
    lookup.close();
  }

  private CompletableFuture<DnsAnswer> ask(ServerAddress name) {
    return method.kind() == Kind.SRV
        ? lookup.services(name.host())
        : lookup.addresses(name.host(), name.port());
  }

  private List<Target> targets(Map<ServerAddress, DnsAnswer> answers) {
    if (answers.values().stream().allMatch(answer -> answer.addresses().isEmpty())) {
      throw new DiscoveryException(fault(answers));
    }
    Map<String, Target> targets = new LinkedHashMap<>();
    answers.forEach(
        (name, answer) -> {
          SteadyAnswer next = steady.getOrDefault(name, SteadyAnswer.NONE).next(answer);
          steady.put(name, next);
          for (ServerAddress address : next.addresses()) {
            targets.putIfAbsent(
                address.canonical(),
                discovery.target(group(name.host(), address), address, Map.of()));
          }
        });
    return targets.values().stream().sorted(Comparator.comparing(Target::instanceId)).toList();
  }

  private static String fault(Map<ServerAddress, DnsAnswer> answers) {
    return answers.entrySet().stream()
        .map(entry -> entry.getKey().host() + ": " + entry.getValue().fault().orElse("no record"))
        .findFirst()
        .orElse("no name");
  }

  private String group(String name, ServerAddress address) {
    if (method.grouping() == Grouping.SERVER) {
      return discovery.group() + "-" + address.host().replace(':', '-');
    }
    return method.names().size() == 1 ? discovery.group() : discovery.group() + "-" + name;
  }
}
