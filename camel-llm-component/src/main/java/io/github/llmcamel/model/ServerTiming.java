/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the server says its work took: without the network, queues and proxies in between. Each
 * is null when the server does not say, or cannot know.
 *
 * @param promptEvaluation from taking up the prompt to the first token; waiting for a free place
 *     and loading the model are not in it
 * @param perOutputToken the mean time between two output tokens
 */
public record ServerTiming(@Nullable Duration promptEvaluation, @Nullable Duration perOutputToken) {

  /** Nothing known. */
  public static final ServerTiming UNKNOWN = new ServerTiming(null, null);
}
