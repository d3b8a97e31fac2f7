package io.emberwatch.collector;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority for tests, made with the JDK's keytool, and the certificates that it signs. */
final class Certificates {

  private static final String PASSWORD = "for-tests-only";
  private static final String AUTHORITY = "authority";
  private static final int DAYS = 30;

  private final Path folder;
  private final Path store;

  /** A new authority with files in this folder. */
  Certificates(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    this.store = folder.resolve("store.p12");
    keytool(AUTHORITY, DAYS, "-ext", "bc:critical=ca:true");
  }

  /** PEM of the authority's certificate. */
  Path authority() throws Exception {
    return pem(
        AUTHORITY + ".crt", "CERTIFICATE", keyStore().getCertificate(AUTHORITY).getEncoded());
  }

  /** A signed certificate for a name such as {@code ip:127.0.0.1}; see {@link #chain}. */
  void sign(String alias, String subjectName) throws Exception {
    sign(alias, subjectName, DAYS);
  }

  /** The same, valid for so many days. */
  void sign(String alias, String subjectName, int days) throws Exception {
    keytool(alias, days, "-signer", AUTHORITY, "-ext", "san=" + subjectName);
  }

  /** PEM of a certificate. */
  Path chain(String alias) throws Exception {
    Certificate leaf = keyStore().getCertificateChain(alias)[0];
    return pem(alias + ".crt", "CERTIFICATE", leaf.getEncoded());
  }

  /** PEM of a certificate's key, PKCS#8. */
  Path key(String alias) throws Exception {
    byte[] key = keyStore().getKey(alias, PASSWORD.toCharArray()).getEncoded();
    return pem(alias + ".key", "PRIVATE KEY", key);
  }

  private KeyStore keyStore() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream content = Files.newInputStream(store)) {
      keys.load(content, PASSWORD.toCharArray());
    }
    return keys;
  }

  private Path pem(String name, String type, byte[] content) throws IOException {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, base64, type));
  }

  private void keytool(String alias, int days, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-alias", alias, "-dname", "CN=" + alias));
    command.addAll(List.of("-validity", Integer.toString(days)));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(List.of(options));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      keytool.destroyForcibly();
      throw new IllegalStateException(Files.readString(folder.resolve("keytool.log")));
    }
  }
}
