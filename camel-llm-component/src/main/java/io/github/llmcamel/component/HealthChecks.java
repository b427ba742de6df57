/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.ModelClient;
import io.github.llmcamel.provider.Destination;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.jspecify.annotations.Nullable;

/**
 * The health checks of the providers in use: one for each provider and base URL, from the start of
 * its first producer to the stop of its last one. Thread-safe.
 */
final class HealthChecks {

  private static final String REPOSITORY = "producers";

  private record Server(String provider, URI baseUrl) {
    private static Server of(Destination destination) {
      return new Server(destination.provider().name(), destination.baseUrl());
    }
  }

  private static final class Use {
    private final ServerHealthCheck check;
    private final WritableHealthCheckRepository repository;
    private int producers;

    private Use(ServerHealthCheck check, WritableHealthCheckRepository repository) {
      this.check = check;
      this.repository = repository;
      repository.addHealthCheck(check);
    }
  }

  private final LlmComponent component;
  private final Map<Server, Use> uses = new HashMap<>();

  HealthChecks(LlmComponent component) {
    this.component = component;
  }

  /**
   * A producer has started.
   *
   * @throws IllegalArgumentException if a check is configured for a provider that has none
   */
  synchronized void use(LlmSettings settings) {
    WritableHealthCheckRepository repository = repository();
    if (repository == null || !isWanted(settings.destination())) {
      return;
    }
    Use use =
        uses.computeIfAbsent(
            Server.of(settings.destination()), server -> new Use(check(settings), repository));
    use.producers++;
  }

  /** A producer stops. */
  synchronized void release(LlmSettings settings) {
    Server server = Server.of(settings.destination());
    Use use = uses.get(server);
    if (use == null || --use.producers > 0) {
      return;
    }
    uses.remove(server);
    use.repository.removeHealthCheck(use.check);
  }

  private ServerHealthCheck check(LlmSettings settings) {
    return new ServerHealthCheck(freeId(settings.destination()), component::client, settings);
  }

  /** Camel knows the prefix: its patterns to exclude checks apply to what follows as well. */
  private String freeId(Destination destination) {
    String id = "producer:llm-" + destination.provider().name();
    String free = id;
    for (int i = 2; isTaken(free); i++) {
      free = id + "-" + i;
    }
    return free;
  }

  private boolean isTaken(String id) {
    return uses.values().stream().anyMatch(use -> use.check.getId().equals(id));
  }

  private boolean isWanted(Destination destination) {
    if (!component.isHealthCheckProducerEnabled()) {
      return false;
    }
    ProviderOptions options = component.getProviders().get(destination.provider().name());
    Boolean enabled = options == null ? null : options.getHealthCheckEnabled();
    if (!ModelClient.canBeProbed(destination.provider())) {
      if (Boolean.TRUE.equals(enabled)) {
        throw new IllegalArgumentException(
            ("camel.component.llm.providers[%s].health-check-enabled is true, but nothing can be"
                    + " asked there without a call. Remove it.")
                .formatted(destination.provider().name()));
      }
      return false;
    }
    return enabled != null
        ? enabled
        : !DestinationResolver.needsKey(destination.provider(), destination.baseUrl());
  }

  /** Null if health checks are switched off. */
  private @Nullable WritableHealthCheckRepository repository() {
    return HealthCheckHelper.getHealthCheckRepository(
        component.getCamelContext(), REPOSITORY, WritableHealthCheckRepository.class);
  }
}
