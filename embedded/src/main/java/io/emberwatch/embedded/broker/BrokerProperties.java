package io.emberwatch.embedded.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** The server.properties of the embedded broker: one node, loopback, small. */
final class BrokerProperties {
  static final int NODE_ID = 1;
  static final String HOST = "127.0.0.1";
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  static final String SESSION_TIMEOUT = "broker.session.timeout.ms";
  private static final String BROKER_LISTENER = "PLAINTEXT";

  private BrokerProperties() {}

  static Properties of(
      Path logFolder,
      int port,
      int controllerPort,
      Duration startTimeout,
      Map<String, String> own) {
    Map<String, String> all = new HashMap<>();
    all.putAll(listeners(port, controllerPort));
    all.putAll(oneNode());
    all.putAll(smallFootprint());
    all.put("log.dirs", logFolder.toString());
    all.put("auto.create.topics.enable", "false");
    all.put("server.max.startup.time.ms", Long.toString(startTimeout.toMillis()));
    all.putAll(own);
    Properties properties = new Properties();
    properties.putAll(all);
    return properties;
  }

  private static Map<String, String> listeners(int port, int controllerPort) {
    String broker = BROKER_LISTENER + "://" + HOST + ":" + port;
    String controller = CONTROLLER_LISTENER + "://" + HOST + ":" + controllerPort;
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE_ID),
        "controller.quorum.voters",
        NODE_ID + "@" + HOST + ":" + controllerPort,
        "controller.listener.names",
        CONTROLLER_LISTENER,
        "inter.broker.listener.name",
        BROKER_LISTENER,
        "listeners",
        broker + "," + controller,
        "advertised.listeners",
        broker);
  }

  /** Internal topics on one node, and no waiting for further members of a group. */
  private static Map<String, String> oneNode() {
    Map<String, String> map = new HashMap<>();
    for (String topic :
        new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
      map.put(topic + ".replication.factor", "1");
      map.put(topic + ".num.partitions", "1");
    }
    map.put("transaction.state.log.min.isr", "1");
    map.put("share.coordinator.state.topic.min.isr", "1");
    map.put("default.replication.factor", "1");
    map.put("min.insync.replicas", "1");
    // Nobody could take over from a node that stalls, so fencing it would only do harm.
    map.put(SESSION_TIMEOUT, "60000");
    map.put("group.initial.rebalance.delay.ms", "0");
    map.put("group.streams.initial.rebalance.delay.ms", "0");
    map.put("group.streams.num.standby.replicas", "0");
    return map;
  }

  /** Few threads and buffers: it shares a JVM with all services, or a small machine with tests. */
  private static Map<String, String> smallFootprint() {
    Map<String, String> map = new HashMap<>();
    map.put("num.network.threads", "2");
    map.put("num.io.threads", "4");
    map.put("background.threads", "2");
    map.put("num.replica.fetchers", "1");
    map.put("log.cleaner.threads", "1");
    map.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    map.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    map.put("offsets.topic.segment.bytes", Integer.toString(16 << 20));
    map.put("transaction.state.log.segment.bytes", Integer.toString(16 << 20));
    map.put("share.coordinator.state.topic.segment.bytes", Integer.toString(16 << 20));
    map.put("metric.reporters", "");
    return map;
  }
}
