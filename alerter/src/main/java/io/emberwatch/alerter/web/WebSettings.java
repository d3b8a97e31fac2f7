package io.emberwatch.alerter.web;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Where the pages and the REST API are served. There is no authentication: bind anything but
 * loopback only behind a proxy that has it.
 *
 * @param host name or address to bind, {@code 127.0.0.1} by default
 * @param port to bind, 0 to 65535; 0 takes a free one
 * @param publicUrl http or https address under which people reach the pages, such as that of a
 *     proxy, without a slash at the end; empty when it is the bound address itself
 */
public record WebSettings(String host, int port, String publicUrl) {

  public WebSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535: " + port);
    }
    if (!publicUrl.isEmpty() && !isWebAddress(publicUrl)) {
      throw new IllegalArgumentException(
          "the public URL must be http or https with a host and without a slash at the end");
    }
  }

  /** Whether only this machine can connect. */
  boolean loopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isWebAddress(String text) {
    URI uri = URI.create(text);
    return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        && uri.getHost() != null
        && !text.endsWith("/");
  }
}
