package io.emberwatch.alerter.crash;

import io.emberwatch.alerter.notify.Delivery;
import io.emberwatch.alerter.notify.Receiver;
import io.emberwatch.alerter.store.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Outlives the alerter and remembers what it took; now and then it fails or does not answer. */
final class MoodyReceiver implements Receiver {

  private final String name;
  private final RandomGenerator random;
  private final Runnable moment;
  private final List<Notification> taken = new ArrayList<>();
  private int unanswered;

  MoodyReceiver(String name, RandomGenerator random, Runnable moment) {
    this.name = name;
    this.random = random;
    this.moment = moment;
  }

  /** What arrived, in order, copies included. */
  List<Notification> taken() {
    return taken;
  }

  /** How often it took something and did not say so. */
  int unanswered() {
    return unanswered;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(2);
  }

  @Override
  public Delivery send(Notification notification) {
    moment.run();
    Delivery delivery = answer();
    if (delivery instanceof Delivery.Accepted || delivery instanceof Delivery.Unanswered) {
      taken.add(notification);
    }
    moment.run();
    return delivery;
  }

  @Override
  public void close() {}

  private Delivery answer() {
    int mood = random.nextInt(100);
    if (mood < 8) {
      return new Delivery.Failed("status 500");
    }
    if (mood < 12) {
      return new Delivery.NotSent("no connection");
    }
    if (mood < 14) {
      return new Delivery.Throttled("status 429", Duration.ofSeconds(3));
    }
    if (mood < 20) {
      unanswered++;
      return new Delivery.Unanswered("no answer");
    }
    return new Delivery.Accepted("status 200");
  }
}
