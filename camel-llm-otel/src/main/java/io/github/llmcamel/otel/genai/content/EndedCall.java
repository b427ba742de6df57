/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.provider.Protocol;
import io.opentelemetry.api.trace.Span;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call whose contents may be recorded. Prints no content.
 *
 * @param response what was received, complete or not; null if nothing was
 * @param errorMessage says what failed; null if there is nothing to say
 * @param span the call's; not recording if it is not sampled
 */
public record EndedCall(
    Protocol protocol,
    ModelRequest request,
    @Nullable ModelResponse response,
    @Nullable String errorMessage,
    Span span) {
  public EndedCall {
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(span, "span");
  }

  @Override
  public String toString() {
    return "EndedCall[protocol=%s]".formatted(protocol);
  }
}
