package io.emberwatch.collector.probe;

import io.emberwatch.schemas.ClusterView;
import io.emberwatch.schemas.InstanceSample;

/** The record that the probes of a cluster's node fill together. */
final class ClusterParts {

  private ClusterParts() {}

  /** The sample's, made when it is not there yet. */
  static ClusterView of(PollDraft poll) {
    InstanceSample sample = poll.sample();
    ClusterView view = sample.getClusterView();
    if (view == null) {
      view = new ClusterView();
      sample.setClusterView(view);
    }
    return view;
  }
}
