package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A stream that an operator named. Its key may be published, since it stands in the targets file.
 *
 * @param key 1 to {@value #MAX_LENGTH} characters
 * @param db 0 to {@value #MAX_DB}; only 0 exists in a cluster
 */
public record StreamKey(String key, int db) {

  /** Of one target: each is a few questions a look. */
  public static final int MAX = 20;

  private static final int MAX_LENGTH = 512;

  /** More than any server's {@code databases} is. */
  private static final int MAX_DB = 65_535;

  public StreamKey {
    if (key.isEmpty() || key.length() > MAX_LENGTH || db < 0 || db > MAX_DB) {
      throw new IllegalArgumentException("no stream: " + key + " in database " + db);
    }
  }

  /** The list {@code streams} of one level; a level that has one replaces the list above. */
  static List<StreamKey> read(ConfigReader node, List<StreamKey> above) {
    Set<StreamKey> streams = new LinkedHashSet<>();
    for (ConfigReader item : node.sectionsOrValues("streams", "key")) {
      String key = item.string("key");
      int db = (int) item.integer("db", 0, MAX_DB, 0);
      if (key.length() > MAX_LENGTH) {
        item.problem("key", "expected up to " + MAX_LENGTH + " characters");
      } else if (!key.isEmpty() && !streams.add(new StreamKey(key, db))) {
        item.problem("key", "is named already");
      }
    }
    if (streams.size() > MAX) {
      node.problem("streams", "expected up to " + MAX + ", found " + streams.size());
    }
    return node.has("streams") ? List.copyOf(streams) : above;
  }
}
