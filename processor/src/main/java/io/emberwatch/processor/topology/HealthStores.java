package io.emberwatch.processor.topology;

/**
 * Names of the stores of one level of the health stage.
 *
 * @param published scope id to the health published last
 * @param members parent and member to the member's health; not used for instances
 * @param firing scope id to the rules that fire on it
 */
record HealthStores(String published, String members, String firing) {

  static HealthStores of(String level) {
    return new HealthStores(level, level + "-members", level + "-firing");
  }
}
