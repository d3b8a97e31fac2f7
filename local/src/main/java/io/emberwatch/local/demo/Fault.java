package io.emberwatch.local.demo;

import io.emberwatch.schemas.CauseClass;
import java.io.IOException;
import java.util.Set;

/**
 * One way to break a server, and what Emberwatch must make of it.
 *
 * @param name a few words for the table
 * @param story what happens, as told in the terminal
 * @param rules ids of rules of which one must fire and be in the incident
 * @param cause class of root cause that the incident must carry
 * @param injector does it
 */
record Fault(String name, String story, Set<String> rules, CauseClass cause, Injector injector) {

  Fault {
    rules = Set.copyOf(rules);
  }

  /** Breaks something. */
  @FunctionalInterface
  interface Injector {
    /** Returns when the fault is there; it stays until the injection is closed. */
    Injection inject(DemoRedis servers) throws IOException;
  }

  /** A fault that is there; closing heals it. */
  @FunctionalInterface
  interface Injection extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}
