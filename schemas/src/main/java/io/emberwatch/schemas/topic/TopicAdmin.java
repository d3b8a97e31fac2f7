package io.emberwatch.schemas.topic;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics of the catalogue and compares them with the cluster's. Every wait ends. */
public final class TopicAdmin {

  private static final Logger log = LoggerFactory.getLogger(TopicAdmin.class);

  private final Admin admin;
  private final Duration timeout;

  /**
   * Administration over a client that the caller closes.
   *
   * @param timeout bound on each call to the cluster, and on the wait for the partitions
   */
  public TopicAdmin(Admin admin, Duration timeout) {
    this.admin = admin;
    this.timeout = timeout;
  }

  /**
   * Creates the topics that are missing and returns when every partition of all of them answers.
   * Topics that exist are left as they are: {@link #drift} tells how they differ.
   *
   * @return names of the topics that were created
   * @throws TopicException if one cannot be created, or does not answer in time
   */
  public List<String> create(TopicSizing sizing) {
    Map<String, KafkaFuture<Void>> answers =
        admin
            .createTopics(
                Topics.all().stream().map(topic -> newTopic(topic, sizing)).toList(),
                new CreateTopicsOptions().timeoutMs(timeoutMillis()))
            .values();
    List<String> created =
        Topics.all().stream()
            .map(Topic::name)
            .filter(name -> wasCreated(name, requireNonNull(answers.get(name))))
            .toList();
    created.forEach(name -> log.info("topic created topic={}", name));
    new PartitionWait(admin, timeout).await(Topics.all().stream().map(Topic::name).toList());
    return created;
  }

  /** Topics of the catalogue that exist on the cluster, as they are there. */
  public List<TopicState> describe() {
    Map<String, TopicDescription> descriptions = descriptions();
    Map<String, Config> configs = configs(descriptions.keySet());
    return Topics.all().stream()
        .filter(topic -> descriptions.containsKey(topic.name()))
        .map(
            topic ->
                state(
                    topic,
                    requireNonNull(descriptions.get(topic.name())),
                    requireNonNull(configs.get(topic.name()))))
        .toList();
  }

  /** Differences between the catalogue and the cluster; empty when there are none. */
  public List<TopicDrift> drift(TopicSizing sizing) {
    Map<String, TopicState> states =
        describe().stream().collect(Collectors.toMap(TopicState::name, Function.identity()));
    return Topics.all().stream()
        .flatMap(topic -> drift(topic, sizing, Optional.ofNullable(states.get(topic.name()))))
        .toList();
  }

  private static Stream<TopicDrift> drift(
      Topic<?, ?> topic, TopicSizing sizing, Optional<TopicState> found) {
    if (found.isEmpty()) {
      return Stream.of(new TopicDrift(topic.name(), "topic", "present", "missing"));
    }
    TopicState state = found.get();
    List<TopicDrift> differences = new ArrayList<>();
    compare(
        differences,
        topic,
        "partitions",
        Integer.toString(sizing.partitions(topic)),
        Integer.toString(state.partitions()));
    config(topic)
        .forEach(
            (key, expected) ->
                compare(
                    differences,
                    topic,
                    key,
                    expected,
                    state.config().getOrDefault(key, "missing")));
    return differences.stream();
  }

  private static void compare(
      List<TopicDrift> into, Topic<?, ?> topic, String property, String expected, String actual) {
    if (!expected.equals(actual)) {
      into.add(new TopicDrift(topic.name(), property, expected, actual));
    }
  }

  private static NewTopic newTopic(Topic<?, ?> topic, TopicSizing sizing) {
    return new NewTopic(topic.name(), sizing.partitions(topic), sizing.replicationFactor())
        .configs(config(topic));
  }

  private static Map<String, String> config(Topic<?, ?> topic) {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        topic.cleanup().policy(),
        topic.cleanup().retentionKey(),
        Long.toString(topic.retention().toMillis()),
        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
        topic.recordTime().type());
  }

  private static TopicState state(Topic<?, ?> topic, TopicDescription description, Config config) {
    Map<String, String> values =
        config(topic).keySet().stream()
            .collect(Collectors.toMap(Function.identity(), key -> config.get(key).value()));
    return new TopicState(
        topic.name(),
        description.partitions().size(),
        description.partitions().get(0).replicas().size(),
        values);
  }

  private Map<String, TopicDescription> descriptions() {
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin
            .describeTopics(
                Topics.all().stream().map(Topic::name).toList(),
                new DescribeTopicsOptions().timeoutMs(timeoutMillis()))
            .topicNameValues();
    return answers.entrySet().stream()
        .flatMap(answer -> existing(answer.getKey(), answer.getValue()).stream())
        .collect(Collectors.toMap(TopicDescription::name, Function.identity()));
  }

  private Optional<TopicDescription> existing(String name, KafkaFuture<TopicDescription> answer) {
    try {
      return Optional.of(answer.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw new TopicException("cannot describe topic " + name, e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException("interrupted while describing " + name, e);
    }
  }

  private Map<String, Config> configs(Collection<String> names) {
    List<ConfigResource> resources =
        names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    try {
      return admin
          .describeConfigs(resources, new DescribeConfigsOptions().timeoutMs(timeoutMillis()))
          .all()
          .get()
          .entrySet()
          .stream()
          .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
    } catch (ExecutionException e) {
      throw new TopicException("cannot read the configuration of topics", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException("interrupted while reading topic configuration", e);
    }
  }

  private static boolean wasCreated(String name, KafkaFuture<Void> answer) {
    try {
      answer.get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw new TopicException("cannot create topic " + name, e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException("interrupted while creating " + name, e);
    }
  }

  private int timeoutMillis() {
    return Math.toIntExact(timeout.toMillis());
  }
}
