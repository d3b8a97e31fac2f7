/**
 * Servers by their names in DNS: {@link io.emberwatch.collector.dns.DnsLookup} asks with Netty's
 * resolver, {@link io.emberwatch.collector.dns.SteadyAnswer} lets a name blink. The package must
 * not know Redis.
 */
@NullMarked
package io.emberwatch.collector.dns;

import org.jspecify.annotations.NullMarked;
