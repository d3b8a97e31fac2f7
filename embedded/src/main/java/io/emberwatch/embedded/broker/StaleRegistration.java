package io.emberwatch.embedded.broker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;
import org.apache.kafka.metadata.BrokerRegistration;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Fences the registration that a killed broker left behind, before its successor starts.
 *
 * <p>Without it a lone node loses commits: the new broker first acts on the old registration and
 * leads the transaction log again; when the old session ends all partitions are without a leader
 * for a moment, and Kafka 4.3.1 then takes the topics of a prepared commit for deleted, skips its
 * markers and writes the transaction off as complete. Consumers with {@code read_committed} wait
 * there for ever.
 */
final class StaleRegistration implements MetadataPublisher {
  private static final Logger log = LoggerFactory.getLogger(StaleRegistration.class);
  private static final String SHORT_SESSION_MILLIS = "500";
  private final CompletableFuture<Void> fenced = new CompletableFuture<>();

  private StaleRegistration() {}

  /**
   * Runs the controller alone, with a short session, until it has fenced the old broker.
   *
   * @throws IllegalStateException when that takes longer than the timeout
   */
  static void fence(Properties brokerProperties, Duration timeout) {
    Properties properties = new Properties();
    properties.putAll(brokerProperties);
    properties.put(BrokerProperties.SESSION_TIMEOUT, SHORT_SESSION_MILLIS);
    KafkaConfig config = KafkaConfig.fromProps(properties, false);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> storage =
        KafkaRaftServer.initializeLogDirs(config, log, "");
    SharedServer shared = shared(config, storage._1());
    ControllerServer controller =
        new ControllerServer(shared, KafkaRaftServer.configSchema(), storage._2());
    try {
      controller.startup();
      StaleRegistration stale = new StaleRegistration();
      shared
          .loader()
          .installPublishers(List.of(stale))
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      stale.fenced.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      log.info("embedded broker was not shut down; its old registration is fenced");
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the killed broker's registration does not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the broker started", e);
    } finally {
      controller.shutdown();
    }
  }

  private static SharedServer shared(KafkaConfig config, MetaPropertiesEnsemble storage) {
    String[] voter = config.quorumConfig().voters().get(0).split("[@:]", -1);
    InetSocketAddress address = new InetSocketAddress(voter[1], Integer.parseInt(voter[2]));
    return new SharedServer(
        config,
        storage,
        Time.SYSTEM,
        new Metrics(),
        CompletableFuture.completedFuture(Map.of(BrokerProperties.NODE_ID, address)),
        List.of(),
        new StandardFaultHandlerFactory(),
        ServerSocketFactory.INSTANCE);
  }

  @Override
  public String name() {
    return "StaleRegistration";
  }

  @Override
  public void onMetadataUpdate(MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
    BrokerRegistration registration = image.cluster().broker(BrokerProperties.NODE_ID);
    if (registration == null || registration.fenced()) {
      fenced.complete(null);
    }
  }

  @Override
  public void close() {
    fenced.cancel(false);
  }
}
