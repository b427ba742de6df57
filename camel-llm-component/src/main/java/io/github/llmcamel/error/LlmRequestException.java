/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import org.jspecify.annotations.Nullable;

/**
 * The provider does not accept the request (4xx), or it could not even be written: unknown model,
 * too long a prompt, a parameter it does not know. Change the request; repeating it does not help.
 */
public final class LlmRequestException extends LlmException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String param;

  public LlmRequestException(String message, Failure failure, @Nullable Throwable cause) {
    this(message, failure, cause, null);
  }

  /**
   * A request with a member that is wrong.
   *
   * @param param its place in the request, in OpenAI's words; null if it is not known which it is
   */
  public LlmRequestException(
      String message, Failure failure, @Nullable Throwable cause, @Nullable String param) {
    super(message, failure, cause);
    this.param = param;
  }

  /**
   * Which member of a request in OpenAI's format is wrong, such as {@code messages[0].content}, if
   * it was refused before it was sent; else null.
   */
  public @Nullable String getParam() {
    return param;
  }
}
