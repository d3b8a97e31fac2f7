package io.emberwatch.collector.target;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server's address as people write it: {@code host}, {@code host:port}, {@code [ipv6]:port}, or
 * one of these after {@code redis://} or {@code rediss://}.
 *
 * @param tls what the scheme says; empty without one
 * @param host in lower case, an IPv6 address without its brackets
 * @param port 1 to 65535
 */
public record ServerAddress(Optional<Boolean> tls, String host, int port) {

  /** Redis listens here unless told otherwise. */
  public static final int DEFAULT_PORT = 6379;

  private static final String EXPECTED =
      "expected host:port, [ipv6]:port, redis://host:port or rediss://host:port";
  private static final Pattern SCHEME =
      Pattern.compile("(?<scheme>[a-z][a-z0-9+.-]*)://(?<rest>.*)");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile(
          "(?:\\[(?<ipv6>[0-9a-f:.]+)]|(?<name>[a-z0-9._-]+))(?::(?<port>[0-9]{1,5}))?/?");

  /** An address that was not written by a person; its scheme says nothing. */
  public static ServerAddress of(String host, int port) {
    return new ServerAddress(Optional.empty(), host.toLowerCase(Locale.ROOT), port);
  }

  /**
   * Reads an address that a person wrote.
   *
   * @throws IllegalArgumentException with what is wrong; the message never repeats a text that may
   *     hold a password
   */
  public static ServerAddress parse(String text) {
    if (text.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "credentials must not be written in an address; use user and password: {file: path}");
    }
    String address = text.strip().toLowerCase(Locale.ROOT);
    Matcher scheme = SCHEME.matcher(address);
    if (!scheme.matches()) {
      return parse(Optional.empty(), text, address);
    }
    return switch (scheme.group("scheme")) {
      case "redis" -> parse(Optional.of(false), text, scheme.group("rest"));
      case "rediss" -> parse(Optional.of(true), text, scheme.group("rest"));
      default ->
          throw new IllegalArgumentException(
              "the scheme " + scheme.group("scheme") + " is not known; " + EXPECTED);
    };
  }

  private static ServerAddress parse(Optional<Boolean> tls, String text, String hostAndPort) {
    Matcher parts = HOST_AND_PORT.matcher(hostAndPort);
    if (!parts.matches()) {
      boolean bareIpv6 = hostAndPort.chars().filter(c -> c == ':').count() > 1;
      String hint = bareIpv6 ? "; an IPv6 address needs brackets, such as [::1]:6379" : "";
      throw new IllegalArgumentException("\"" + text + "\" is not an address; " + EXPECTED + hint);
    }
    String ipv6 = parts.group("ipv6");
    if (ipv6 != null) {
      canonicalIpv6(ipv6);
    }
    return new ServerAddress(
        tls, ipv6 != null ? ipv6 : parts.group("name"), port(parts.group("port")));
  }

  private static int port(@Nullable String text) {
    int port = text == null ? DEFAULT_PORT : Integer.parseInt(text);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not allowed; expected 1 to 65535");
    }
    return port;
  }

  /** One text for all ways to write the same address, to find duplicates. */
  public String canonical() {
    return (host.indexOf(':') < 0 ? host : canonicalIpv6(host)) + " " + port;
  }

  /** {@code host:port}, with an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** A text in brackets is never looked up in DNS. */
  private static String canonicalIpv6(String text) {
    try {
      return InetAddress.getByName("[" + text + "]").getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("\"" + text + "\" is not an IPv6 address", e);
    }
  }
}
