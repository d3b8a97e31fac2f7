package io.emberwatch.alerter.incident;

/** Answer to what a person asked of an incident. */
public sealed interface Answer {

  /** It is done. */
  record Applied(Decision decision) implements Answer {}

  /** It was so already; asking twice does no harm. */
  record Unchanged(Incident incident) implements Answer {}

  /** It cannot be done in the present state. */
  record Refused(Incident incident, String reason) implements Answer {}
}
