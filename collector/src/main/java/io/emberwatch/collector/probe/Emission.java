package io.emberwatch.collector.probe;

import io.emberwatch.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/** A record of a poll that goes to another topic than the sample. */
public record Emission<V extends SpecificRecord>(Topic<String, V> topic, V value) {}
