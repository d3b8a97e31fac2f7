package io.emberwatch.collector.discover;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.target.ServerAddress;
import io.emberwatch.schemas.SentinelMaster;
import java.util.List;

/**
 * What one sentinel says of the primaries.
 *
 * @param asked where it was reached
 * @param exchange to ask it for more
 */
record SentinelAnswer(ServerAddress asked, Exchange exchange, List<SentinelMaster> masters) {}
