/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;

/** Knows which settings a running gateway cannot change. */
final class NeedsRestart {

  private static final Map<String, Function<GatewaySettings, Object>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("gateway.keys", settings -> settings.keys().isEmpty());
    ALL.put("gateway.max-body-bytes", settings -> settings.limits().maxBodyBytes());
    ALL.put(
        "gateway.max-concurrent-requests", settings -> settings.limits().maxConcurrentRequests());
    ALL.put("gateway.max-queued-requests", settings -> settings.limits().maxQueuedRequests());
    ALL.put("gateway.queue-timeout", settings -> settings.limits().queueTimeout());
    ALL.put("gateway.receive-timeout", settings -> settings.limits().receiveTimeout());
    ALL.put("gateway.client-idle-timeout", settings -> settings.limits().clientIdleTimeout());
    ALL.put("gateway.keep-alive", settings -> settings.limits().keepAlive());
    ALL.put("gateway.drain-timeout", settings -> settings.limits().drainTimeout());
    ALL.put("gateway.cors-origins", GatewaySettings::corsOrigins);
  }

  private NeedsRestart() {}

  /**
   * The names of those that differ. The first key is among them: it counts at once, but the gateway
   * goes on listening to this machine alone.
   */
  static List<String> changes(GatewaySettings running, GatewaySettings wanted) {
    List<String> names = new ArrayList<>();
    ALL.forEach(
        (name, setting) -> {
          if (!setting.apply(running).equals(setting.apply(wanted))) {
            names.add(name);
          }
        });
    return names;
  }

  /** The names of Camel's properties that differ, in alphabetical order. */
  static List<String> changes(Properties running, Properties wanted) {
    return Stream.of(running, wanted)
        .flatMap(properties -> properties.stringPropertyNames().stream())
        .filter(name -> !name.startsWith(SettingsReader.PREFIX))
        .filter(name -> !Objects.equals(running.getProperty(name), wanted.getProperty(name)))
        .distinct()
        .sorted()
        .toList();
  }

  /** What is wanted, with the limits and origins that run. */
  static GatewaySettings keep(GatewaySettings running, GatewaySettings wanted) {
    return new GatewaySettings(
        wanted.models(),
        wanted.keys(),
        wanted.trustTrace(),
        wanted.status(),
        running.limits(),
        running.corsOrigins());
  }
}
