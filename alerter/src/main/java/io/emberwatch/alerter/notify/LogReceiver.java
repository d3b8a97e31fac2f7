package io.emberwatch.alerter.notify;

import io.emberwatch.alerter.store.Notification;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line to the log for each notification. */
public final class LogReceiver implements Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(LogReceiver.class);

  private final String name;

  public LogReceiver(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Delivery send(Notification notification) {
    LOG.warn(
        "event=notification receiver={} kind={} reason={} severity={} incident={} title=\"{}\"",
        name,
        notification.kind(),
        notification.reason(),
        notification.severity(),
        notification.incidentId(),
        notification.title().replace('"', '\'').replaceAll("\\p{Cc}", " "));
    return new Delivery.Accepted("written to the log");
  }

  @Override
  public void close() {
    LOG.debug("event=receiver_closed receiver={}", name);
  }
}
