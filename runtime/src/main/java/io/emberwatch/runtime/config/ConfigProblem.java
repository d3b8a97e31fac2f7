package io.emberwatch.runtime.config;

/**
 * One fault of a configuration.
 *
 * @param place where it was written
 * @param key the full path, such as {@code groups.cache[2].port}; empty for the whole document
 * @param message what is wrong, what is allowed and an example; never a secret's value
 */
public record ConfigProblem(Place place, String key, String message) {

  /** {@code file:line: key: message}, one line. */
  @Override
  public String toString() {
    return place + ": " + (key.isEmpty() ? "" : key + ": ") + message;
  }
}
