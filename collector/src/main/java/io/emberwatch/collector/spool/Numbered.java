package io.emberwatch.collector.spool;

/**
 * A record with its place among all records of this collector, its former runs included.
 *
 * @param number larger than that of every record before it
 */
public record Numbered(long number, Outgoing record) {}
