/**
 * Values of topics to bytes and back: Avro in the Confluent wire format.
 *
 * <p>Entry class: {@link io.emberwatch.schemas.serde.AvroSerde}. It must not know HTTP or a
 * service.
 */
@NullMarked
package io.emberwatch.schemas.serde;

import org.jspecify.annotations.NullMarked;
