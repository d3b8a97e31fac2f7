package io.emberwatch.collector.publish;

import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.errors.UnknownServerException;

/**
 * Tells a fault of a record (too large, no right to its topic, an invalid topic) from one of the
 * cluster or of the client. Pure.
 */
final class SendFaults {

  private SendFaults() {}

  static Answer answer(Exception fault) {
    return isOfRecord(fault) ? new Answer.Refused(fault) : new Answer.Broken(fault);
  }

  private static boolean isOfRecord(Exception fault) {
    return fault instanceof ApiException
        && !(fault instanceof RetriableException)
        && !isOfCluster(fault)
        && !isOfProducer(fault);
  }

  private static boolean isOfCluster(Exception fault) {
    return fault instanceof AuthenticationException
        || fault instanceof ClusterAuthorizationException
        || fault instanceof UnknownServerException;
  }

  /** The client cannot go on under its identity; a new one can. */
  private static boolean isOfProducer(Exception fault) {
    return fault instanceof ProducerFencedException
        || fault instanceof InvalidProducerEpochException
        || fault instanceof OutOfOrderSequenceException
        || fault instanceof UnknownProducerIdException
        || fault instanceof InvalidPidMappingException;
  }
}
