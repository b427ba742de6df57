/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import io.github.llmcamel.examples.gateway.access.ApiKeys;
import java.util.List;
import java.util.Properties;

/**
 * Everything the gateway is told. Immutable.
 *
 * @param models who answers
 * @param keys who may ask; without any, clients on this machine may
 * @param trustTrace whose traces go on
 * @param status who sees the status page and the metrics
 * @param limits what is taken on at most
 * @param corsOrigins the origins whose web pages may ask, such as {@code https://chat.example.com};
 *     a star is every origin; empty is none
 */
public record GatewaySettings(
    ModelTable models,
    ApiKeys keys,
    TrustTrace trustTrace,
    StatusAccess status,
    Limits limits,
    List<String> corsOrigins) {

  public GatewaySettings {
    corsOrigins = List.copyOf(corsOrigins);
  }

  /**
   * Reads the properties whose names begin with {@code gateway.}; all others are Camel's.
   *
   * @throws IllegalArgumentException if one of them is wrong; names it, the problem and the cure,
   *     and shows no secret
   */
  public static GatewaySettings read(Properties properties) {
    return new SettingsReader(properties).read();
  }
}
