package io.emberwatch.alerter.web.api;

/**
 * Body of every answer that is not a success.
 *
 * @param code stable word for programs
 * @param message for people
 */
public record ErrorJson(String code, String message) {}
