@NullMarked
package io.emberwatch.collector.clients;

import org.jspecify.annotations.NullMarked;
