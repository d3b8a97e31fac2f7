package io.emberwatch.bench.format;

/** A way to write one sample and to read it again. */
interface SampleFormat {

  /** The sample in bytes. */
  byte[] encode();

  /** Reads what {@link #encode} wrote, every field of it. */
  Object decode(byte[] bytes);
}
