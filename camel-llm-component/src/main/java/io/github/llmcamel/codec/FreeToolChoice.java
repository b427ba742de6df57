/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.model.ToolUse;
import java.util.List;

/** The tools of a request to a server that leaves it to the model whether and how to use them. */
public final class FreeToolChoice {

  private FreeToolChoice() {}

  /**
   * The tools to offer: none if none may be called.
   *
   * @param server its name, for the message
   * @throws LlmRequestException if the model is not free to call one
   */
  public static List<Tool> offered(ToolUse use, String server, Inexpressible inexpressible)
      throws LlmRequestException {
    ToolChoice choice = use.choice() == null ? ToolChoice.AUTO : use.choice();
    if (choice.mode() == ToolChoice.Mode.REQUIRED || choice.mode() == ToolChoice.Mode.NAMED) {
      inexpressible.refuse(
          "toolChoice",
          "asks for a tool, but %s lets the model choose. Use auto or none.".formatted(server));
    }
    if (Boolean.FALSE.equals(use.parallel())) {
      inexpressible.refuse(
          "parallel_tool_calls",
          "is false, but %s lets the model choose. Leave it out.".formatted(server));
    }
    return choice.mode() == ToolChoice.Mode.NONE ? List.of() : use.tools();
  }
}
