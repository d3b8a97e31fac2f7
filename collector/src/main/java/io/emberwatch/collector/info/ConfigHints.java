package io.emberwatch.collector.info;

import io.emberwatch.schemas.ClientsSection;
import io.emberwatch.schemas.EvictionPolicy;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.MemorySection;
import io.emberwatch.schemas.PersistenceSection;
import org.jspecify.annotations.Nullable;

/** What INFO repeats of the configuration: when it differs, the rest may. Null: not reported. */
public record ConfigHints(
    @Nullable Long maxmemory,
    @Nullable EvictionPolicy maxmemoryPolicy,
    @Nullable Long maxclients,
    @Nullable Boolean aofEnabled) {

  /** Of a server that said nothing. */
  public static final ConfigHints NONE = new ConfigHints(null, null, null, null);

  static ConfigHints of(InstanceSample sections) {
    MemorySection memory = sections.getMemory();
    ClientsSection clients = sections.getClients();
    PersistenceSection persistence = sections.getPersistence();
    return new ConfigHints(
        memory == null ? null : memory.getMaxmemory(),
        memory == null ? null : memory.getMaxmemoryPolicy(),
        clients == null ? null : clients.getMaxclients(),
        persistence == null ? null : persistence.getAofEnabled());
  }
}
