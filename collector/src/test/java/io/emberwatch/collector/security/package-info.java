@NullMarked
package io.emberwatch.collector.security;

import org.jspecify.annotations.NullMarked;
