/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.ModelClient;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.transport.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;

/**
 * Asks one provider whether it can answer, without a call of a model. Waits for the answer on the
 * thread that asks, as Camel's health checks do, but never longer than its patience.
 */
final class ServerHealthCheck extends AbstractHealthCheck {

  private static final String ERROR_TYPE = "error.type";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Supplier<ModelClient> client;
  private final Destination destination;
  private final HttpSettings http;
  private final Duration connectTimeout;
  private final Duration patience;

  ServerHealthCheck(String id, Supplier<ModelClient> client, LlmSettings settings) {
    this(id, client, settings, PATIENCE);
  }

  ServerHealthCheck(
      String id, Supplier<ModelClient> client, LlmSettings settings, Duration patience) {
    super("camel", id);
    this.client = client;
    this.destination = settings.destination();
    this.http = settings.http();
    this.connectTimeout = settings.limits().timeouts().connect();
    this.patience = patience;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    URI baseUrl = destination.baseUrl();
    builder.detail("llm.provider", destination.provider().name());
    builder.detail("server.address", baseUrl.getHost());
    if (baseUrl.getPort() >= 0) {
      builder.detail("server.port", baseUrl.getPort());
    }
    CompletableFuture<Integer> answer = client.get().probe(destination, http, connectTimeout);
    try {
      int status = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      builder.up().detail(HTTP_RESPONSE_CODE, status);
    } catch (ExecutionException e) {
      down(builder, e.getCause());
    } catch (TimeoutException e) {
      builder.down().message(says("did not answer within %d ms.".formatted(patience.toMillis())));
      builder.detail(ERROR_TYPE, TimeoutException.class.getName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      builder.unknown().message(says("was not waited for: the check was interrupted."));
    } finally {
      // Closes the connection of an answer that nobody waits for any more.
      answer.cancel(false);
    }
  }

  private static void down(HealthCheckResultBuilder builder, @Nullable Throwable cause) {
    builder.down().error(cause);
    if (cause instanceof LlmException failure) {
      builder.message(failure.getMessage()).detail(ERROR_TYPE, failure.getErrorType());
      if (failure.getStatusCode() > 0) {
        builder.detail(HTTP_RESPONSE_CODE, failure.getStatusCode());
      }
    }
  }

  private String says(String problem) {
    return "%s at %s %s"
        .formatted(destination.provider().name(), destination.baseUrl().getHost(), problem);
  }
}
