package io.emberwatch.alerter.publish;

import io.emberwatch.alerter.store.Database;
import io.emberwatch.alerter.store.Publications;
import io.emberwatch.alerter.store.Publications.Publication;
import io.emberwatch.alerter.store.Session;
import io.emberwatch.schemas.Incident;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves events from the database to the topic of incidents, in the order of each incident. A death
 * between the broker's answer and the commit sends some twice: incident id and revision tell.
 */
public final class IncidentPublisher {

  private static final Logger LOG = LoggerFactory.getLogger(IncidentPublisher.class);
  private static final int BATCH = 200;
  private static final long ACK_LIMIT_SECONDS = 35;

  private final Database database;
  private final Producer<byte[], byte[]> producer;
  private final Serializer<Incident> serializer;
  private final Counter published;
  private final Counter unreadable;

  public IncidentPublisher(
      Database database,
      Producer<byte[], byte[]> producer,
      Serializer<Incident> serializer,
      MeterRegistry registry) {
    this.database = database;
    this.producer = producer;
    this.serializer = serializer;
    this.published =
        Counter.builder("emberwatch.alerter.incident.events.published").register(registry);
    this.unreadable =
        Counter.builder("emberwatch.alerter.incident.events.unreadable")
            .description("Stored events that this version cannot read; dropped")
            .register(registry);
  }

  /**
   * Publishes what waits; returns whether there may be more.
   *
   * @throws RuntimeException when the broker or the registry does not answer; nothing is lost
   */
  public boolean step() {
    boolean waiting = database.<Long>transact(session -> session.publications().waiting()) > 0;
    return waiting && database.<Boolean>transact(this::publish);
  }

  private boolean publish(Session session) {
    Publications publications = session.publications();
    List<Publication> oldest = publications.oldest(BATCH);
    List<Future<?>> sends = new ArrayList<>();
    for (Publication publication : oldest) {
      send(publication, sends);
    }
    producer.flush();
    sends.forEach(IncidentPublisher::await);
    publications.delete(oldest);
    published.increment(sends.size());
    return oldest.size() == BATCH;
  }

  private void send(Publication publication, List<Future<?>> sends) {
    Incident incident;
    try {
      incident = IncidentRecords.fromBytes(publication.payload());
    } catch (IllegalStateException e) {
      LOG.error(
          "event=incident_event_dropped incident={} revision={}",
          publication.incidentId(),
          publication.revision(),
          e);
      unreadable.increment();
      return;
    }
    String topic = Topics.INCIDENTS.name();
    byte[] key = publication.incidentId().getBytes(StandardCharsets.UTF_8);
    sends.add(
        producer.send(new ProducerRecord<>(topic, key, serializer.serialize(topic, incident))));
  }

  private static void await(Future<?> send) {
    try {
      send.get(ACK_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while incident events were sent", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("incident events could not be sent", e);
    }
  }
}
