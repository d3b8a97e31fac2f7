package io.emberwatch.local.containers;

import org.testcontainers.utility.DockerImageName;

/** Official images, each replaceable by the system property {@code emberwatch.image.KEY}. */
enum Image {
  KAFKA("kafka", "apache/kafka:4.3.1"),
  SCHEMA_REGISTRY("schema-registry", "confluentinc/cp-schema-registry:7.9.2"),
  POSTGRES("postgres", "postgres:17"),
  REDIS_6_2("redis-6.2", "redis:6.2"),
  REDIS_7_4("redis-7.4", "redis:7.4"),
  REDIS_8("redis-8", "redis:8"),
  VALKEY_8("valkey-8", "valkey/valkey:8");

  private final String key;
  private final String official;

  Image(String key, String official) {
    this.key = key;
    this.official = official;
  }

  String key() {
    return key;
  }

  /** The property's image, taken for a copy of the official one, or else that. */
  DockerImageName dockerName() {
    DockerImageName known = DockerImageName.parse(official);
    String given = System.getProperty("emberwatch.image." + key, "");
    return given.isBlank()
        ? known
        : DockerImageName.parse(given).asCompatibleSubstituteFor(known.getUnversionedPart());
  }
}
