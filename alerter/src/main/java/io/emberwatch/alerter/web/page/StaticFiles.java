package io.emberwatch.alerter.web.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;

/** Style sheet, scripts and icon: a fixed set from our own jars, read once. */
public final class StaticFiles {

  private static final String HTMX = "/META-INF/maven/org.webjars.npm/htmx.org/pom.properties";

  /** Adds the routes. */
  public void addTo(RoutesConfig routes) {
    add(routes, "style.css", "text/css", read("style.css"));
    add(routes, "local-time.js", "text/javascript", read("local-time.js"));
    add(routes, "icon.svg", "image/svg+xml", read("icon.svg"));
    add(routes, "htmx.min.js", "text/javascript", htmx());
  }

  private static void add(RoutesConfig routes, String name, String type, byte[] content) {
    String tag = "\"" + digest(content) + "\"";
    routes.get("/static/" + name, context -> serve(context, type, content, tag));
  }

  private static void serve(Context context, String type, byte[] content, String tag) {
    context.header("Cache-Control", "no-cache").header("ETag", tag);
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType(type + "; charset=utf-8").result(content);
    }
  }

  /** The webjar names its files by its version, which only the build file should know. */
  private static byte[] htmx() {
    Properties properties = new Properties();
    try (InputStream stream = open(HTMX)) {
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = properties.getProperty("version");
    return read("/META-INF/resources/webjars/htmx.org/" + version + "/dist/htmx.min.js");
  }

  private static byte[] read(String resource) {
    try (InputStream stream = open(resource)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) throws IOException {
    InputStream stream = StaticFiles.class.getResourceAsStream(resource);
    if (stream == null) {
      throw new IOException("not on the class path: " + resource);
    }
    return stream;
  }

  private static String digest(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
