package io.emberwatch.alerter.web.page;

import io.emberwatch.alerter.web.request.Refusal;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Two cookies: a secret that a form must repeat, which another site can neither read nor set, and
 * the name that the person wrote last.
 */
final class FormCookies {

  private static final String TOKEN = "emberwatch_token";
  private static final String ACTOR = "emberwatch_actor";
  private static final int TOKEN_BYTES = 16;
  private static final int ACTOR_SECONDS = (int) Duration.ofDays(180).toSeconds();
  private static final int SESSION = -1;

  private final SecureRandom random = new SecureRandom();
  private final boolean secure;

  /**
   * @param secure whether people reach the pages by https only
   */
  FormCookies(boolean secure) {
    this.secure = secure;
  }

  /** The token for a form of this page, given to the browser when it has none. */
  String token(Context context) {
    String present = context.cookie(TOKEN);
    if (present != null && present.matches("[0-9a-f]{32}")) {
      return present;
    }
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    set(context, TOKEN, token, SESSION);
    return token;
  }

  /** Refuses a form that does not repeat the token. */
  void check(Context context, @Nullable String repeated) {
    String token = context.cookie(TOKEN);
    if (token == null || token.isEmpty() || repeated == null || !same(token, repeated)) {
      throw Refusal.forbidden(
          "The form is too old, or cookies are off. Open the incident again and repeat.");
    }
  }

  /** The name that was written last; empty when there is none. */
  String actor(Context context) {
    String encoded = context.cookie(ACTOR);
    if (encoded == null) {
      return "";
    }
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  void rememberActor(Context context, String actor) {
    set(context, ACTOR, Address.encoded(actor), ACTOR_SECONDS);
  }

  private void set(Context context, String name, String value, int maxAgeSeconds) {
    Cookie cookie = new Cookie(name, value);
    cookie.setPath("/");
    cookie.setMaxAge(maxAgeSeconds);
    cookie.setHttpOnly(true);
    cookie.setSecure(secure);
    cookie.setSameSite(SameSite.LAX);
    context.cookie(cookie);
  }

  private static boolean same(String token, String repeated) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), repeated.getBytes(StandardCharsets.UTF_8));
  }
}
