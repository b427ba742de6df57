/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key and its self-signed certificate, in a store of type PKCS12.
 *
 * @param store serves as a key store, and as a trust store for those who shall trust it
 */
public record TestCertificate(Path store) {

  public static final String PASSWORD = "changeit";

  /**
   * Makes one.
   *
   * @param subjects such as {@code ip:127.0.0.1}: who it is for
   */
  public static TestCertificate create(Path folder, String subjects) {
    try {
      Path store = Files.createTempDirectory(folder, "certificate").resolve("store.p12");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
      command.addAll(List.of("-genkeypair", "-alias", "test", "-keyalg", "EC"));
      command.addAll(List.of("-dname", "CN=test", "-ext", "san=" + subjects));
      command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
      return new TestCertificate(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** One of those under {@code src/test/resources/tls}, where their origin is told. */
  public static TestCertificate ofResource(String name) {
    URL store = TestCertificate.class.getResource("/tls/%s.p12".formatted(name));
    return new TestCertificate(Path.of(URI.create(String.valueOf(store))));
  }

  /** Shows this certificate, and trusts it alone. */
  public SSLContext context() {
    return context(keys(), trust());
  }

  /** Trusts this certificate alone and shows none. */
  public SSLContext trustingContext() {
    return context(new KeyManager[0], trust());
  }

  /** Shows this certificate and trusts the {@code other} alone. */
  public SSLContext contextTrusting(TestCertificate other) {
    return context(keys(), other.trust());
  }

  private static SSLContext context(KeyManager[] keys, TrustManager[] trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyManager[] keys() {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(load(), PASSWORD.toCharArray());
      return keys.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private TrustManager[] trust() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(load());
      return trust.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore load() throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore loaded = KeyStore.getInstance("PKCS12");
      loaded.load(in, PASSWORD.toCharArray());
      return loaded;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
