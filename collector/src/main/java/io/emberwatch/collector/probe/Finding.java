package io.emberwatch.collector.probe;

/** What a probe found, once it is known which server it is about. */
@FunctionalInterface
public interface Finding {

  /**
   * Adds it to the poll's sample, as records of other topics, or to what is known of the server.
   */
  void addTo(PollDraft poll);
}
