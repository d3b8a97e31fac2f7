package io.emberwatch.collector.info;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Role;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every captured reply of eight releases, field by field, after a trip over the wire. */
class GoldenInfoTest {

  static List<String> replies() {
    return GoldenReplies.names();
  }

  @ParameterizedTest
  @MethodSource("replies")
  void keepsEveryFieldOfTheReply(String name) {
    byte[] bytes = GoldenReplies.read(name);
    InfoReply reply = InfoParser.parse(bytes);
    InstanceSample sample = Samples.empty();
    reply.addTo(sample, true);
    Map<String, String> received = FlatSample.of(Samples.roundTrip(sample));

    Map<String, String> sent = fields(bytes);
    assertThat(sent).isNotEmpty();
    Map<String, String> differing = new LinkedHashMap<>();
    sent.forEach(
        (field, value) -> {
          if (!same(value, received.get(field))) {
            differing.put(field, value + " became " + received.get(field));
          }
        });
    assertThat(differing).isEmpty();
    assertThat(reply.droppedLines()).isZero();
    assertThat(received).hasSameSizeAs(sent);
  }

  @ParameterizedTest
  @MethodSource("replies")
  void leavesAllButTheNewestFieldsTyped(String name) {
    InfoReply reply = InfoParser.parse(GoldenReplies.read(name));
    // What is left over is of sections that the schema leaves out, and listener0.
    assertThat(reply.extra().keySet())
        .allMatch(
            field ->
                field.matches(
                    "(cluster_|sentinel_|total_cluster_|master\\d+$|listener\\d+$|io_thread_\\d+$"
                        + "|eventloop_|db\\d+_distrib_|allocator_.*_lua|io_threaded_).*"));
  }

  @Test
  void tellsEngineVersionAndRole() {
    assertFacts("redis-2.8.19/replica-info-all.txt", Engine.REDIS, "2.8.19", Role.REPLICA);
    assertFacts("redis-7.0.15/primary-info.txt", Engine.REDIS, "7.0.15", Role.PRIMARY);
    assertFacts("redis-7.0.15/sentinel-info.txt", Engine.REDIS, "7.0.15", Role.SENTINEL);
    assertFacts("valkey-8.0.1/primary-info.txt", Engine.VALKEY, "8.0.1", Role.PRIMARY);
    assertFacts("valkey-8.0.1/replica-info-all.txt", Engine.VALKEY, "8.0.1", Role.REPLICA);
    assertFacts("valkey-8.0.1/sentinel-info.txt", Engine.VALKEY, "8.0.1", Role.SENTINEL);
  }

  private static void assertFacts(String name, Engine engine, String version, Role role) {
    InfoReply reply = InfoParser.parse(GoldenReplies.read(name));
    assertThat(reply.engine()).as(name).isEqualTo(engine);
    assertThat(reply.version()).as(name).isEqualTo(Optional.of(version));
    assertThat(reply.role()).as(name).isEqualTo(role);
    assertThat(reply.isReadable()).isTrue();
  }

  /** The reply's fields as a reader of INFO would take them, figures for people left out. */
  private static Map<String, String> fields(byte[] bytes) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\r?\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && !line.startsWith("#") && !line.substring(0, colon).endsWith("_human")) {
        addField(fields, line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return fields;
  }

  private static void addField(Map<String, String> fields, String name, String value) {
    if (name.matches("(cmdstat_|errorstat_|latency_percentiles_usec_).*|db\\d+|slave\\d+")) {
      for (String pair : value.split(",", -1)) {
        String[] parts = pair.split("=", 2);
        fields.put(name + "." + parts[0].replace('-', '_'), parts[1]);
      }
    } else {
      fields.put(name.equals("server_mode") ? "redis_mode" : name, value);
    }
  }

  private static boolean same(String sent, @Nullable String received) {
    if (received == null) {
      return false;
    }
    if (sent.equals(received)) {
      return true;
    }
    String number = sent.endsWith("%") ? sent.substring(0, sent.length() - 1) : sent;
    return number.matches("-?\\d+(\\.\\d+)?")
        && received.matches("-?\\d+(\\.\\d+)?(E-?\\d+)?")
        && new BigDecimal(number).compareTo(new BigDecimal(received)) == 0;
  }
}
