package io.emberwatch.collector.info;

/** How much of an INFO reply is read. */
public enum Look {

  /**
   * What is in every sample. Details, unknown fields and texts that do not fit are passed over, at
   * no cost but finding the next line; what tells engine and version is read still.
   */
  CORE,

  /** Everything. */
  FULL
}
