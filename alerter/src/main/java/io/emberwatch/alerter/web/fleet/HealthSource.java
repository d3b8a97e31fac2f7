package io.emberwatch.alerter.web.fleet;

import io.emberwatch.schemas.Health;
import java.util.List;

/** Latest health of every scope. Implementations are thread-safe and quick. */
public interface HealthSource {

  /** Whether all that was known before the start has been read; until then some may be missing. */
  boolean complete();

  /** All scopes, by id. The records are shared and must not be changed. */
  List<Health> all();
}
