package io.emberwatch.schemas.topic;

/** What the time of a record is: Kafka's {@code message.timestamp.type}. */
public enum RecordTime {
  /** What the producer says: of records whose producer takes it from the data. */
  PRODUCER("CreateTime"),
  /**
   * When the broker got it. Of records from machines whose clocks may be wrong: a broker refuses a
   * producer's time that is an hour ahead, and deletes by it.
   */
  BROKER("LogAppendTime");

  private final String type;

  RecordTime(String type) {
    this.type = type;
  }

  /** Value of {@code message.timestamp.type}. */
  public String type() {
    return type;
  }
}
