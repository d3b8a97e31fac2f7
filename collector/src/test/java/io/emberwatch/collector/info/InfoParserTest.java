package io.emberwatch.collector.info;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.CommandStats;
import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.EvictionPolicy;
import io.emberwatch.schemas.FailoverState;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.InternalsSection;
import io.emberwatch.schemas.IoThreadStats;
import io.emberwatch.schemas.KeySizes;
import io.emberwatch.schemas.ReplicaLink;
import io.emberwatch.schemas.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InfoParserTest {

  private static InfoReply parse(String text) {
    return InfoParser.parse(text.getBytes(UTF_8));
  }

  private static InstanceSample sample(String text) {
    InstanceSample sample = Samples.empty();
    parse(text).addTo(sample);
    return sample;
  }

  private static InstanceSample core(String text) {
    InstanceSample sample = Samples.empty();
    InfoParser.parse(text.getBytes(UTF_8), Look.CORE).addTo(sample);
    return sample;
  }

  @Test
  void keepsAValueThatIsNotOfItsTypeAsText() {
    InstanceSample sample =
        sample(
            """
            # Memory
            used_memory:99999999999999999999
            mem_fragmentation_ratio:nan
            used_memory_rss:12x
            maxmemory:
            # Persistence
            loading:2
            """);
    assertThat(sample.getMemory()).isNull();
    assertThat(sample.getExtra())
        .isEqualTo(
            Map.of(
                "used_memory", "99999999999999999999",
                "mem_fragmentation_ratio", "nan",
                "used_memory_rss", "12x",
                "maxmemory", "",
                "loading", "2"));
  }

  @Test
  void keepsTheFirstOfARepeatedField() {
    InstanceSample sample =
        sample("# Replication\nrole:active-replica\nmaster_port:1\nmaster_port:2\nmaster_port:3\n");
    assertThat(sample.getReplication().getUpstream().getMasterPort()).isEqualTo(1);
    assertThat(sample.getExtra()).containsEntry("master_port", "2");
  }

  @Test
  void trustsAKnownNameUnderAKnownHeadingOnly() {
    InstanceSample sample = sample("# Memory\nused_memory:1\n# Search\nused_memory:2\nfoo:3\n");
    assertThat(sample.getMemory().getUsedMemory()).isEqualTo(1);
    assertThat(sample.getExtra()).isEqualTo(Map.of("search.used_memory", "2", "foo", "3"));
  }

  @Test
  void readsAReplicaOfRedisEightWithItsThread() {
    ReplicaLink link =
        sample("# Replication\nslave3:ip=::1,port=7,state=online,offset=5,lag=0,io-thread=2,z=9\n")
            .getReplicas()
            .get(0);
    assertThat(link.getIndex()).isEqualTo(3);
    assertThat(link.getIp()).isEqualTo("::1");
    assertThat(link.getIoThread()).isEqualTo(2);
  }

  @Test
  void keepsAnUnknownKeyOfALineByLineAndKey() {
    InstanceSample sample = sample("# Commandstats\ncmdstat_get:calls=4,new=5,usec=x,flag\n");
    CommandStats get = sample.getCommands().get(0);
    assertThat(get.getCalls()).isEqualTo(4);
    assertThat(get.getUsec()).isNull();
    assertThat(sample.getExtra())
        .isEqualTo(Map.of("cmdstat_get.new", "5", "cmdstat_get.usec", "x", "cmdstat_get.flag", ""));
  }

  @Test
  void readsTheInsidesOfRedisEight() {
    InstanceSample sample =
        sample(
            """
            # Keysizes
            db0_distrib_strings_sizes:1=2,512=3,1K=4,2M=1
            db1_distrib_lists_items:4=1
            db1_distrib_sets_items:4=x
            # Threads
            io_thread_0:clients=7,reads=48677,writes=44861,new=1
            # Debug
            eventloop_duration_max:24910
            # Hotkeys
            tracking_active:1
            used_memory:77
            else:3
            """);
    InternalsSection internals = sample.getInternals();
    assertThat(internals.getKeySizes())
        .containsExactly(
            new KeySizes(
                0, "strings_sizes", List.of(1L, 512L, 1024L, 2_097_152L), List.of(2L, 3L, 4L, 1L)),
            new KeySizes(1, "lists_items", List.of(4L), List.of(1L)));
    assertThat(internals.getThreads()).containsExactly(new IoThreadStats(0, 7L, 48_677L, 44_861L));
    assertThat(internals.getDebug().getEventloopDurationMax()).isEqualTo(24_910);
    assertThat(internals.getHotkeys().getUsedMemory()).isEqualTo(77);
    assertThat(sample.getExtra())
        .isEqualTo(Map.of("db1_distrib_sets_items", "4=x", "io_thread_0.new", "1", "else", "3"));
  }

  @Test
  void addsToWhatAnotherLookBrought() {
    InstanceSample sample = sample("# Debug\neventloop_duration_max:5\nmine:1\n");
    parse("# Threads\nio_thread_0:clients=1\nyours:2\n").addTo(sample);
    assertThat(sample.getInternals().getDebug()).isNotNull();
    assertThat(sample.getInternals().getThreads()).hasSize(1);
    assertThat(sample.getExtra()).isEqualTo(Map.of("mine", "1", "yours", "2"));
  }

  @Test
  void keepsEveryModule() {
    assertThat(
            sample("# Modules\nmodule:name=search,ver=1\nmodule:name=bf,ver=2,api=1\n").getExtra())
        .isEqualTo(
            Map.of("module.search", "name=search,ver=1", "module.bf", "name=bf,ver=2,api=1"));
  }

  @Test
  void tellsNoKeysFromNotReceived() {
    assertThat(sample("# Keyspace\n").getKeyspace()).isEmpty();
    assertThat(sample("# Server\n").getKeyspace()).isNull();
  }

  @Test
  void sendsFactsOnlyWhenAsked() {
    String text =
        """
        # Server
        redis_version:7.2.1
        os:Linux
        uptime_in_seconds:5
        unheard:of
        # Persistence
        loading:no
        rdb_bgsave_in_progress:%s
        current_cow_size:7
        rdb_saves:3
        """;
    InstanceSample lean = core(text.formatted(0));
    assertThat(lean.getServer().getDetail()).isNull();
    assertThat(lean.getServer().getUptimeInSeconds()).isEqualTo(5);
    assertThat(lean.getPersistence().getDetail()).isNull();
    assertThat(lean.getPersistence().getChild()).isNull();
    assertThat(lean.getExtra()).isNull();
    assertThat(core(text.formatted(1)).getPersistence().getChild().getCurrentCowSize())
        .isEqualTo(7);
    InstanceSample full = sample(text.formatted(0));
    assertThat(full.getServer().getDetail().getOs()).isEqualTo("Linux");
    assertThat(full.getPersistence().getDetail().getRdbSaves()).isEqualTo(3);
    assertThat(full.getPersistence().getChild().getCurrentCowSize()).isEqualTo(7);
    assertThat(full.getExtra()).isEqualTo(Map.of("unheard", "of", "loading", "no"));
  }

  @Test
  void tellsEngineAndVersionFromTheCoreToo() {
    InfoReply reply =
        InfoParser.parse(
            "server_name:valkey\nvalkey_version:8.0.1\nserver_mode:sentinel\n".getBytes(UTF_8),
            Look.CORE);
    reply.addTo(Samples.empty());
    assertThat(reply.engine()).isEqualTo(Engine.VALKEY);
    assertThat(reply.version()).contains("8.0.1");
    assertThat(reply.role()).isEqualTo(Role.SENTINEL);
  }

  @Test
  void readsWordsAndFractionsByTheSchema() {
    InstanceSample sample =
        sample(
            """
            # Memory
            maxmemory_policy:allkeys-lru
            mem_fragmentation_ratio:5.2
            allocator_frag_ratio:1.155
            # Persistence
            rdb_last_bgsave_status:err
            aof_last_write_status:OK
            # Replication
            role:slave
            master_failover_state:waiting-for-sync
            master_link_status:up
            master_replid:0123456789abcdef0123456789abcdef01234567
            master_replid2:0123456789ABCDEF0123456789abcdef01234567
            # CPU
            used_cpu_sys:12.5
            used_cpu_user:-0.000001
            """);
    assertThat(sample.getMemory().getMaxmemoryPolicy()).isEqualTo(EvictionPolicy.ALLKEYS_LRU);
    assertThat(sample.getMemory().getMemFragmentationRatioHundredths()).isEqualTo(520);
    assertThat(sample.getPersistence().getRdbLastBgsaveOk()).isFalse();
    assertThat(sample.getReplication().getMasterFailoverState())
        .isEqualTo(FailoverState.WAITING_FOR_SYNC);
    assertThat(sample.getReplication().getUpstream().getMasterLinkUp()).isTrue();
    assertThat(sample.getReplication().getMasterReplid().bytes()).startsWith(1, 0x23, 0x45);
    assertThat(sample.getCpu().getUsedCpuSysMicros()).isEqualTo(12_500_000);
    assertThat(sample.getCpu().getUsedCpuUserMicros()).isEqualTo(-1);
    assertThat(sample.getExtra())
        .as("what would not come back as it was")
        .containsOnlyKeys("allocator_frag_ratio", "aof_last_write_status", "master_replid2");
  }

  @Test
  void tellsKinOfRedisApart() {
    assertThat(parse("redis_version:6.3.4\n# KeyDB\nmvcc_depth:0\n").engine())
        .isEqualTo(Engine.KEYDB);
    assertThat(parse("redis_version:7.4.0\ndragonfly_version:df-v1.2\n").engine())
        .isEqualTo(Engine.DRAGONFLY);
    assertThat(parse("role:slave\n").role()).isEqualTo(Role.REPLICA);
    assertThat(parse("role:active-replica\n").role()).isEqualTo(Role.UNKNOWN);
    assertThat(parse("HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n").isReadable()).isFalse();
  }

  @Test
  void boundsWhatItKeeps() {
    StringBuilder text = new StringBuilder("# Stats\n");
    for (int i = 0; i < 200_000; i++) {
      text.append("unheard_of_").append(i).append(":1\n");
      text.append("cmdstat_c").append(i).append(":calls=1\n");
    }
    text.append("long:").append("x".repeat(10 << 20)).append('\n');
    InfoReply reply = parse(text.toString());
    InstanceSample sample = Samples.empty();
    reply.addTo(sample);
    assertThat(sample.getExtra()).hasSize(InfoParser.MAX_EXTRA);
    assertThat(sample.getCommands()).hasSize(InfoParser.MAX_ELEMENTS);
    assertThat(reply.droppedLines()).isGreaterThan(390_000);
  }

  @Test
  void readsWhatATruncatedReplyStillHolds() {
    byte[] whole = GoldenReplies.read("redis-7.0.15/primary-info-everything.txt");
    for (int length = 0; length < whole.length; length += 7) {
      InstanceSample sample = Samples.empty();
      InfoParser.parse(Arrays.copyOf(whole, length)).addTo(sample);
      assertThat(Samples.roundTrip(sample)).isEqualTo(sample);
    }
  }
}
