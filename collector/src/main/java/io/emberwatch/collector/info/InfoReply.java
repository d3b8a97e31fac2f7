package io.emberwatch.collector.info;

import io.emberwatch.schemas.ClientsSection;
import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.PersistenceSection;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.ServerDetail;
import io.emberwatch.schemas.ServerSection;
import io.emberwatch.schemas.identity.RandomIds;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * What one INFO reply said. The sections are those of {@link InstanceSample}; what the reply did
 * not hold is null there. Not thread-safe; hand it over once.
 */
public final class InfoReply {

  private final InstanceSample sections;
  private final @Nullable ServerDetail server;
  private final Look look;
  private final Map<String, String> extra;
  private final Engine engine;
  private final int droppedLines;

  InfoReply(
      InstanceSample sections,
      Look look,
      Map<String, String> extra,
      Engine engine,
      int droppedLines) {
    this.sections = sections;
    this.server = sections.getServer() == null ? null : sections.getServer().getDetail();
    this.look = look;
    this.extra = extra;
    this.engine = engine;
    this.droppedLines = droppedLines;
  }

  /**
   * The software that answered, as far as this reply tells; plain Redis when nothing else shows.
   */
  public Engine engine() {
    return engine;
  }

  /** valkey_version for Valkey, else redis_version; empty without INFO server. */
  public Optional<String> version() {
    return Optional.ofNullable(server)
        .map(s -> engine == Engine.VALKEY ? s.getValkeyVersion() : s.getRedisVersion());
  }

  /** redis_version, which Valkey and KeyDB give for compatibility; empty without INFO server. */
  public Optional<String> redisVersion() {
    return Optional.ofNullable(server).map(ServerDetail::getRedisVersion);
  }

  /** connected_clients; empty without INFO clients. */
  public OptionalLong connectedClients() {
    ClientsSection clients = sections.getClients();
    Long connected = clients == null ? null : clients.getConnectedClients();
    return connected == null ? OptionalLong.empty() : OptionalLong.of(connected);
  }

  /** What it repeats of the configuration. */
  public ConfigHints configHints() {
    return ConfigHints.of(sections);
  }

  /** Whether the server is a node of a Redis Cluster. */
  public boolean clusterEnabled() {
    return sections.getCluster() != null
        && Boolean.TRUE.equals(sections.getCluster().getClusterEnabled());
  }

  /** run_id, 40 hexadecimal digits; empty without INFO server. */
  public Optional<String> runId() {
    return Optional.ofNullable(sections.getServer())
        .map(ServerSection::getRunId)
        .map(RandomIds::text);
  }

  /** From redis_mode and role; UNKNOWN for anything that is neither (KeyDB's active-replica). */
  public Role role() {
    if (server != null && "sentinel".equals(server.getRedisMode())) {
      return Role.SENTINEL;
    }
    return Optional.ofNullable(sections.getRole()).orElse(Role.UNKNOWN);
  }

  /** Whether the server says that it reads its dataset. */
  public boolean loading() {
    return sections.getPersistence() != null
        && Boolean.TRUE.equals(sections.getPersistence().getLoading());
  }

  /** Whether this is INFO at all: it names a version or a role. */
  public boolean isReadable() {
    return version().isPresent() || role() != Role.UNKNOWN;
  }

  /** Fields the schema does not know, by name; at most {@link InfoParser#MAX_EXTRA}. */
  public Map<String, String> extra() {
    return extra;
  }

  /** Lines left out: without a colon, too long, or beyond the limits of {@link InfoParser}. */
  public int droppedLines() {
    return droppedLines;
  }

  /**
   * Puts every section and array that this reply holds into a sample, over what is there; {@link
   * #extra} beside what is there.
   */
  public void addTo(InstanceSample sample) {
    if (look == Look.CORE) {
      leaveOutWhatRests();
    }
    for (int position : InfoParser.SECTION_POSITIONS) {
      Object section = sections.get(position);
      if (section != null) {
        sample.put(position, merged(sample.get(position), section));
      }
    }
    if (!extra.isEmpty()) {
      Map<String, String> all = new HashMap<>(extra);
      if (sample.getExtra() != null) {
        all.putAll(sample.getExtra());
      }
      sample.setExtra(all);
    }
  }

  /** Several looks may each bring a part of a section. */
  private static Object merged(@Nullable Object there, Object section) {
    if (there instanceof SpecificRecordBase whole && section instanceof SpecificRecordBase part) {
      for (Schema.Field field : part.getSchema().getFields()) {
        if (part.get(field.pos()) != null) {
          whole.put(field.pos(), part.get(field.pos()));
        }
      }
      return whole;
    }
    return section;
  }

  /** The server's detail was read for its version only; a child's work is 0 while none runs. */
  private void leaveOutWhatRests() {
    if (sections.getServer() != null) {
      sections.getServer().setDetail(null);
    }
    PersistenceSection persistence = sections.getPersistence();
    if (persistence != null && !isChildRunning(persistence)) {
      persistence.setChild(null);
    }
  }

  private static boolean isChildRunning(PersistenceSection persistence) {
    return Boolean.TRUE.equals(persistence.getRdbBgsaveInProgress())
        || Boolean.TRUE.equals(persistence.getAofRewriteInProgress())
        || Boolean.TRUE.equals(persistence.getModuleForkInProgress());
  }
}
