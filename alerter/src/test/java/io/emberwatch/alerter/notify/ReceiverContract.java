package io.emberwatch.alerter.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the dispatcher relies on, whatever the receiver. */
abstract class ReceiverContract {

  static final String NAME = "hook";

  private Receiver receiver;

  /** A receiver of name {@link #NAME} whose other side accepts everything. */
  abstract Receiver accepting();

  @BeforeEach
  void open() {
    receiver = accepting();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void hasItsNameAndADeadline() {
    assertThat(receiver.name()).isEqualTo(NAME);
    assertThat(receiver.deadline()).isPositive();
  }

  @Test
  void acceptsTheSameNoticeAgain() {
    for (int i = 0; i < 2; i++) {
      assertThat(receiver.send(Notices.notice("Memory is 96 %")))
          .isInstanceOf(Delivery.Accepted.class);
    }
  }

  @Test
  void takesAnyTitle() {
    for (String title :
        new String[] {
          "", "a\r\nb\u0000", "\u202Eabc", "<script>{{x}}<!channel>\"'\\", "😀".repeat(900)
        }) {
      assertThat(receiver.send(Notices.notice(title)))
          .as(title)
          .isInstanceOf(Delivery.Accepted.class);
    }
  }

  @Test
  void maySendSeveralAtATime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Delivery>> sends = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sends.add(threads.submit(() -> receiver.send(Notices.notice("Memory is 96 %"))));
      }
      for (Future<Delivery> send : sends) {
        assertThat(send.get(30, TimeUnit.SECONDS)).isInstanceOf(Delivery.Accepted.class);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
