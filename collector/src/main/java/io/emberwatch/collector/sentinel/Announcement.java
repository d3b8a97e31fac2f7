package io.emberwatch.collector.sentinel;

import io.emberwatch.schemas.SentinelEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Reads what a sentinel publishes. Most messages are {@code <type> <name> <ip> <port> @ <master>
 * <ip> <port> [detail]}, without what follows the @ when they are about a primary; {@code
 * +switch-master} is {@code <master> <ip> <port> <ip> <port>}, former address first. Pure; takes
 * anything.
 */
final class Announcement {

  private static final Set<String> TYPES = Set.of("master", "slave", "sentinel");
  private static final int MAX_CHANNEL = 64;
  private static final int MAX_DETAIL = 120;

  /** A line of a sentinel is below 300 bytes. */
  private static final int MAX_MESSAGE = 1024;

  private Announcement() {}

  static SentinelEvent read(byte[] channel, byte[] message, Instant now) {
    SentinelEvent event = new SentinelEvent();
    event.setReceivedAt(now);
    event.setEvent(text(channel, MAX_CHANNEL));
    List<String> words = Arrays.asList(text(message, MAX_MESSAGE).strip().split(" +", -1));
    if (event.getEvent().equals("+switch-master") && words.size() >= 5) {
      event.setInstanceType("master");
      event.setMaster(cut(words.get(0)));
      event.setAddress(address(words.get(1), words.get(2)));
      event.setMasterAddress(address(words.get(3), words.get(4)));
    } else if (words.size() >= 4 && TYPES.contains(words.get(0))) {
      instance(event, words);
    } else {
      detail(event, words, 0);
    }
    return event;
  }

  /** {@code host:port}, with an IPv6 address in brackets. */
  static String address(String host, String port) {
    return cut((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port);
  }

  private static void instance(SentinelEvent event, List<String> words) {
    event.setInstanceType(words.get(0));
    event.setAddress(address(words.get(2), words.get(3)));
    if (words.size() >= 8 && words.get(4).equals("@")) {
      event.setMaster(cut(words.get(5)));
      event.setMasterAddress(address(words.get(6), words.get(7)));
      detail(event, words, 8);
    } else {
      if (words.get(0).equals("master")) {
        event.setMaster(cut(words.get(1)));
        event.setMasterAddress(event.getAddress());
      }
      detail(event, words, 4);
    }
  }

  /** SENTINEL SET auth-pass was published with its value until 6.2, and scripts have arguments. */
  private static void detail(SentinelEvent event, List<String> words, int from) {
    boolean mayQuoteSecrets =
        event.getEvent().startsWith("+set") || event.getEvent().contains("script");
    String rest = String.join(" ", words.subList(Math.min(from, words.size()), words.size()));
    event.setDetail(mayQuoteSecrets || rest.isBlank() ? null : cut(rest));
  }

  private static String text(byte[] bytes, int max) {
    return new String(bytes, 0, Math.min(bytes.length, max), StandardCharsets.UTF_8);
  }

  private static String cut(String text) {
    return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL);
  }
}
