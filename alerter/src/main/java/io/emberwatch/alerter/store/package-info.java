/**
 * The alerter's record: incidents, their timeline, what is to be sent and what has been read, in
 * one SQL database, so that each step is one transaction.
 *
 * <p>Start at {@link io.emberwatch.alerter.store.Database}: it opens the pool, migrates and runs
 * transactions; a {@link io.emberwatch.alerter.store.Session} gives the tables within one. The SQL
 * is common to H2 and PostgreSQL. The package must not know Kafka or HTTP, nor decide anything
 * about an incident.
 */
@NullMarked
package io.emberwatch.alerter.store;

import org.jspecify.annotations.NullMarked;
