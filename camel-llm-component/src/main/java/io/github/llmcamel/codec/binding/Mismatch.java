/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.binding;

import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmAnswerException;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.provider.Destination;
import java.util.Map;

/**
 * What is thrown for an answer that is not what the class wants.
 *
 * @param type the class, as messages call it
 */
record Mismatch(String type, ChatResponse response, Destination destination) {

  private static final int OK = 200;
  private static final int LONGEST_BODY = 64 * 1024;

  /**
   * The text does not fit.
   *
   * @param problem a clause that quotes nothing of the answer
   */
  LlmAnswerException text(String problem) {
    FinishReason finish = response.finishReason();
    if (finish != null && finish.means(FinishReason.LENGTH)) {
      return failure(problem + ", and it was cut off. Raise maxTokens.", false);
    }
    if (finish != null && finish.means(FinishReason.CONTENT_FILTER)) {
      return failure(problem + ", and it was filtered. Change the prompt.", false);
    }
    return failure(problem + ". getPartialResponse() has all of it.", true);
  }

  LlmAnswerException asksForTools() {
    return failure(
        "it asks for tools. Run them and send their results, or set toolChoice=none.", false);
  }

  LlmAnswerException refused() {
    return failure("the model refused. Change the prompt.", false);
  }

  private LlmAnswerException failure(String problemAndCure, boolean retryable) {
    String provider = destination.provider().name();
    String text = response.text();
    LlmAnswerException failure =
        new LlmAnswerException(
            "%s answered with no %s: %s".formatted(provider, type, problemAndCure),
            new Failure(
                provider,
                destination.baseUrl(),
                OK,
                null,
                Map.of(),
                text.substring(0, Math.min(text.length(), LONGEST_BODY)),
                null,
                response.requestId(),
                null,
                retryable,
                null,
                response.rateLimits()),
            null);
    failure.initPartialResponse(response);
    return failure;
  }
}
