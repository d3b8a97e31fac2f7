package io.emberwatch.schemas.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Least-recently-used cache in which a key is loaded by one caller at a time; others wait for it. A
 * failed load is not kept. Thread-safe.
 */
final class OneFlightCache<K, V> {

  private final Map<K, CompletableFuture<V>> entries;

  OneFlightCache(int maxEntries) {
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, CompletableFuture<V>> eldest) {
            return size() > maxEntries;
          }
        };
  }

  V get(K key, Function<K, V> loader) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> known;
    synchronized (entries) {
      known = entries.putIfAbsent(key, mine);
    }
    return known == null ? load(key, mine, loader) : await(known);
  }

  private V load(K key, CompletableFuture<V> mine, Function<K, V> loader) {
    try {
      V value = loader.apply(key);
      mine.complete(value);
      return value;
    } catch (RuntimeException | Error e) {
      synchronized (entries) {
        entries.remove(key, mine);
      }
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private V await(CompletableFuture<V> loading) {
    try {
      return loading.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
