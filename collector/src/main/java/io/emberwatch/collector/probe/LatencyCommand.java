package io.emberwatch.collector.probe;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.LatencyView;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;

/** LATENCY, which Lettuce has no name for, and where its replies go. */
final class LatencyCommand implements ProtocolKeyword {

  static final LatencyCommand LATENCY = new LatencyCommand();

  private LatencyCommand() {}

  @Override
  public byte[] getBytes() {
    return toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "LATENCY";
  }

  /** The sample's view, made when it is absent. */
  static LatencyView view(InstanceSample sample) {
    LatencyView view = sample.getLatency();
    if (view == null) {
      view = new LatencyView();
      sample.setLatency(view);
    }
    return view;
  }
}
