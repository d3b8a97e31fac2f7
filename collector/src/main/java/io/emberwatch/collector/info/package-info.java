/**
 * The text of Redis INFO as typed sections: {@link io.emberwatch.collector.info.InfoParser} is the
 * entry. It is driven by the schema of {@code InstanceSample}, so a field added there is parsed
 * without a change here. The package is pure: it must not know Lettuce, Kafka, clocks or targets.
 */
@NullMarked
package io.emberwatch.collector.info;

import org.jspecify.annotations.NullMarked;
