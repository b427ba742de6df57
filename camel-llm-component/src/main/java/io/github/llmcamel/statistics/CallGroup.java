/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.statistics;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The calls that are counted together.
 *
 * @param provider who is asked, by the name in the URI
 * @param model the model that is asked for; null for calls that name none
 * @param routeId the route that asks; null for calls from outside of routes
 */
public record CallGroup(String provider, @Nullable String model, @Nullable String routeId) {

  /** Where calls are counted once there are too many groups. */
  static final CallGroup OTHER = new CallGroup("other", null, null);

  public CallGroup {
    Objects.requireNonNull(provider, "provider");
  }
}
