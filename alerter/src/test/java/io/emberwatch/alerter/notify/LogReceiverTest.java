package io.emberwatch.alerter.notify;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogReceiverTest extends ReceiverContract {

  @Override
  Receiver accepting() {
    return new LogReceiver(NAME);
  }

  @Test
  void writesOneLineThatNoTitleCanBreakOrForge() {
    Logger log = (Logger) LoggerFactory.getLogger(LogReceiver.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    try (Receiver receiver = accepting()) {
      receiver.send(Notices.notice("a\nevent=notification\" severity=CRITICAL"));
    } finally {
      log.detachAppender(lines);
    }

    assertThat(lines.list)
        .first()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .startsWith("event=notification receiver=hook kind=TRIGGER")
        .endsWith("title=\"a event=notification' severity=CRITICAL\"");
  }
}
