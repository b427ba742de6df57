/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import io.github.llmcamel.transport.HttpProxy;
import io.github.llmcamel.transport.MisconfiguredConnectionException;
import io.github.llmcamel.transport.ReplyHandler;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * Says in words of the options why a connection could not be set up, where the JVM speaks of
 * validators and alerts.
 *
 * @param host who is called
 * @param proxy through which; null if directly
 */
record SetUpFailure(ReplyHandler handler, String host, @Nullable HttpProxy proxy)
    implements ReplyHandler {

  /** What a server says of a client's certificate, or of its absence. */
  private static final Pattern REFUSED_CERTIFICATE =
      Pattern.compile("fatal alert: (\\w*certificate\\w*|unknown_ca)");

  @Override
  public Flow.Subscriber<ByteBuffer> onHead(int status, Map<String, List<String>> headers) {
    return handler.onHead(status, headers);
  }

  @Override
  public void onFailure(Throwable cause) {
    handler.onFailure(explained(cause));
  }

  private Throwable explained(Throwable cause) {
    if (cause instanceof SSLException) {
      String problem = tlsProblem(cause);
      return problem == null ? cause : new MisconfiguredConnectionException(problem, cause);
    }
    if (proxy != null && cause instanceof ProxyRefusal refusal) {
      return refused(proxy, refusal);
    }
    if (proxy != null && isUnreachable(cause)) {
      String problem =
          "The proxy %s cannot be reached. Check proxyHost and proxyPort, or list %s in nonProxyHosts.";
      return new ConnectException(problem.formatted(proxy.address(), host)).initCause(cause);
    }
    return cause;
  }

  private Throwable refused(HttpProxy refusing, ProxyRefusal refusal) {
    String address = refusing.address();
    if (refusal.status() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
      String problem =
          refusing.credentials() == null
              ? "The proxy %s demands a user. Set proxyAuthUsername and proxyAuthPassword."
              : "The proxy %s refuses the user. Correct proxyAuthUsername and proxyAuthPassword.";
      return new MisconfiguredConnectionException(problem.formatted(address), refusal);
    }
    if (refusal.status() < HttpStatus.SC_SERVER_ERROR) {
      String problem =
          "The proxy %s refuses to connect to %s (%d). Have it allowed there, or list it in nonProxyHosts.";
      return new MisconfiguredConnectionException(
          problem.formatted(address, host, refusal.status()), refusal);
    }
    String problem =
        "The proxy %s cannot connect to %s (%d). Check baseUrl and the proxy, or list it in nonProxyHosts.";
    return new ConnectException(problem.formatted(address, host, refusal.status()))
        .initCause(refusal);
  }

  private static boolean isUnreachable(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof ConnectTimeoutException;
  }

  private @Nullable String tlsProblem(Throwable cause) {
    if (has(cause, CertificateExpiredException.class)) {
      return "The certificate of %s has expired. It must be renewed there.".formatted(host);
    }
    if (has(cause, CertificateNotYetValidException.class)) {
      return "The certificate of %s is not valid yet. Check the clock of this machine."
          .formatted(host);
    }
    if (has(cause, SSLPeerUnverifiedException.class) || isForAnotherName(cause)) {
      return "The certificate is not for %s. Correct the host in baseUrl, or the certificate there."
          .formatted(host);
    }
    if (has(cause, CertificateException.class)) {
      return "The certificate of %s is not trusted. Put its issuer into a trust store and set that as sslContextParameters."
          .formatted(host);
    }
    String message = String.valueOf(cause.getMessage());
    if (REFUSED_CERTIFICATE.matcher(message).find()) {
      return "%s demands a client certificate that it trusts. Set one as key manager of sslContextParameters."
          .formatted(host);
    }
    return message.contains("nrecognized SSL message")
        ? "%s does not speak TLS there. Correct the scheme or the port of baseUrl.".formatted(host)
        : null;
  }

  private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
    return chain(thrown).anyMatch(type::isInstance);
  }

  /** What the JVM throws for it has no class of its own; a missing trust has. */
  private static boolean isForAnotherName(Throwable thrown) {
    return chain(thrown)
        .anyMatch(at -> at.getClass() == CertificateException.class && at.getCause() == null);
  }

  private static Stream<@Nullable Throwable> chain(Throwable thrown) {
    return Stream.iterate(thrown, at -> at != null, Throwable::getCause);
  }
}
