package io.emberwatch.schemas.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Schema of a generated record as other languages should see it: with its documentation, without
 * the {@code avro.java.string} property that only Java's code generator reads. Both encode alike.
 */
public final class PublishedSchema {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JAVA_STRING = "avro.java.string";

  private PublishedSchema() {}

  /** Published schema of a generated record. */
  public static Schema of(Class<? extends SpecificRecord> type) {
    return withoutJavaProperties(SpecificData.get().getSchema(type));
  }

  static Schema withoutJavaProperties(Schema schema) {
    try {
      JsonNode tree = JSON.readTree(schema.toString());
      tree.findParents(JAVA_STRING).forEach(node -> ((ObjectNode) node).remove(JAVA_STRING));
      return new Schema.Parser().parse(tree.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro wrote a schema that is not JSON", e);
    }
  }
}
