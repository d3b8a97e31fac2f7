package io.emberwatch.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class GeneratedRecordsTest {

  /** Avro trusts no class by itself; see TrustedRecords. */
  @Test
  void buildersFillInTheDefaultsOfEnums() {
    IncidentAlert alert =
        IncidentAlert.newBuilder()
            .setFingerprint("f")
            .setRuleId("memory_high")
            .setScopeId("prod/orders-3")
            .setSeverity(Severity.WARNING)
            .setFiring(true)
            .setSummary("memory at 91 %")
            .setFiredAt(Instant.EPOCH)
            .build();

    assertThat(alert.getCause()).isEqualTo(CauseClass.UNKNOWN);
  }
}
