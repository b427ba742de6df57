/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.provider.Destination;

/** What is thrown for a request that cannot be put into a protocol: the same in every codec. */
public final class UnwritableRequest {

  private UnwritableRequest() {}

  /**
   * The protocol cannot express the request.
   *
   * @param problem the option or member, what is wrong with it, and the cure; never a prompt
   */
  public static LlmRequestException because(Destination destination, String problem) {
    String provider = destination.provider().name();
    return new LlmRequestException(
        "The request to %s cannot be written: %s".formatted(provider, problem),
        Failure.withoutReply(provider, destination.baseUrl(), false),
        null);
  }

  /** A response format that is neither of ours nor of the protocol's. */
  public static LlmRequestException unknownResponseFormat(Destination destination) {
    return because(
        destination,
        "response_format is of no known form. Make it a json_schema that holds a schema.");
  }

  /** Something in the request is not JSON. Has no cause: that might quote the prompt. */
  static LlmRequestException notJson(Destination destination) {
    return because(destination, "an extra or a message part is not JSON.");
  }
}
