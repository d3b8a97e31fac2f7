package io.emberwatch.alerter.web;

import io.emberwatch.alerter.web.request.Refusal;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs before every handler: sets the headers that keep a browser from running or framing what is
 * not ours, refuses names that are not this server's (DNS rebinding), writes that another site asks
 * for, and bodies that are too large.
 */
final class Guard {

  /** A note of 4,000 characters of four bytes, percent-encoded, fits. */
  static final long MAX_BODY_BYTES = 64 * 1024;

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
              + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<HandlerType> SAFE =
      Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

  private final WebSettings settings;
  private final boolean loopback;

  Guard(WebSettings settings) {
    this.settings = settings;
    this.loopback = settings.loopback();
  }

  void check(Context context) {
    HEADERS.forEach(context::header);
    if (!knownHost(context.host())) {
      throw Refusal.misdirected();
    }
    if (!SAFE.contains(context.method())) {
      checkWrite(context);
    }
  }

  private void checkWrite(Context context) {
    String site = context.header("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw Refusal.forbidden("another site may not write here");
    }
    String origin = context.header("Origin");
    if (origin != null && !ours(origin, context.host())) {
      throw Refusal.forbidden("another site may not write here");
    }
    if (context.header("Transfer-Encoding") != null) {
      throw Refusal.lengthRequired();
    }
    if (context.req().getContentLengthLong() > MAX_BODY_BYTES) {
      throw Refusal.tooLarge(MAX_BODY_BYTES);
    }
  }

  private boolean ours(String origin, @Nullable String host) {
    return origin.equals(settings.publicUrl())
        || origin.equals("http://" + host)
        || origin.equals("https://" + host);
  }

  /** Only a server on loopback knows all its names; elsewhere the network decides who connects. */
  private boolean knownHost(@Nullable String host) {
    if (!loopback) {
      return true;
    }
    if (host == null) {
      return false;
    }
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return LOOPBACK_NAMES.contains(name)
        || name.equals(settings.host())
        || name.equals(publicHost());
  }

  private String publicHost() {
    String publicUrl = settings.publicUrl();
    return publicUrl.isEmpty() ? "" : URI.create(publicUrl).getHost();
  }
}
