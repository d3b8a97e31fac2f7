package io.emberwatch.collector.census;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.schemas.SliceEnd;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Looks at a few keys at a time: asks what {@link KeyFacts} holds of each, then the large ones for
 * their elements, and counts them all. Not thread-safe.
 */
final class KeyLook {

  /**
   * Smaller keys are not asked for their elements. The question marks a key as used unless CLIENT
   * NO-TOUCH (7.2) is on, so it is asked of few.
   */
  private static final long ELEMENTS_FROM_BYTES = 10_000;

  private final Exchange exchange;
  private final CensusPass pass;
  private final ServerState server;
  private final SliceCosts costs;
  private final Clock clock;
  private final boolean askElements;

  /**
   * What came of a look.
   *
   * @param end why the slice cannot go on; empty if it can
   * @param busyNanos what the server may have been busy with it
   */
  record Looked(Optional<SliceEnd> end, long busyNanos) {}

  /** A key and what was said of it. */
  private static final class Found {
    private final byte[] name;
    private final KeyFacts facts;

    Found(byte[] name, KeyFacts facts) {
      this.name = name;
      this.facts = facts;
    }
  }

  /**
   * @param askElements whether the length of a large key may be asked for
   */
  KeyLook(
      Exchange exchange,
      CensusPass pass,
      ServerState server,
      SliceCosts costs,
      Clock clock,
      boolean askElements) {
    this.exchange = exchange;
    this.pass = pass;
    this.server = server;
    this.costs = costs;
    this.clock = clock;
    this.askElements = askElements;
  }

  /** Looks at these keys of the database that is selected. */
  CompletableFuture<Looked> at(List<byte[]> names) {
    long askedNanos = System.nanoTime();
    ScanAnswers answers = ScanAnswers.facts(exchange, names, server.byFrequency());
    costs.asked(answers.size());
    return answers
        .all()
        .thenCompose(
            done -> {
              long nanos = costs.busy(System.nanoTime() - askedNanos);
              if (answers.broken() || answers.refused()) {
                SliceEnd why = answers.broken() ? SliceEnd.CONNECTION : SliceEnd.REFUSED;
                return CompletableFuture.completedFuture(new Looked(Optional.of(why), nanos));
              }
              return count(found(names, answers), nanos);
            });
  }

  private List<Found> found(List<byte[]> names, ScanAnswers answers) {
    int questions = KeyFacts.ANSWERS;
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      byte[] name = names.get(i);
      KeyFacts.read(answers.values(i * questions, questions), server.byFrequency())
          .ifPresent(facts -> found.add(new Found(name, facts)));
    }
    return found;
  }

  private CompletableFuture<Looked> count(List<Found> found, long factsNanos) {
    List<Found> large = found.stream().filter(key -> isAskedForElements(key.facts)).toList();
    if (large.isEmpty()) {
      found.forEach(key -> tally(key, OptionalLong.empty()));
      return CompletableFuture.completedFuture(new Looked(Optional.empty(), factsNanos));
    }
    long askedNanos = System.nanoTime();
    ScanAnswers lengths =
        ScanAnswers.elements(
            exchange,
            large.stream().map(key -> key.name).toList(),
            large.stream().map(key -> key.facts.type()).toList());
    costs.asked(lengths.size());
    return lengths
        .all()
        .thenApply(
            done -> {
              List<Optional<Object>> values = lengths.values(0, large.size());
              for (Found key : found) {
                int index = large.indexOf(key);
                tally(key, index < 0 ? OptionalLong.empty() : number(values.get(index)));
              }
              long nanos = costs.busy(System.nanoTime() - askedNanos);
              return new Looked(Optional.empty(), factsNanos + nanos);
            });
  }

  private boolean isAskedForElements(KeyFacts facts) {
    return askElements
        && facts.memoryBytes() >= ELEMENTS_FROM_BYTES
        && ScanAnswers.hasLength(facts.type());
  }

  private void tally(Found key, OptionalLong elements) {
    costs.lookedAtKey();
    pass.lookedAt();
    pass.tally().add(pass.db(), key.name, key.facts, elements, clock.instant());
  }

  private static OptionalLong number(Optional<Object> value) {
    return value.isPresent() && value.get() instanceof Long number
        ? OptionalLong.of(number)
        : OptionalLong.empty();
  }
}
