/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import java.util.List;
import java.util.Set;

/**
 * Everything that is said in one chat call, as far as it got. Prints no content.
 *
 * @param systemInstructions where the provider takes them apart from the conversation; else they
 *     are among the messages
 * @param inputMessages the conversation that was sent, oldest first
 * @param outputMessages the answer, one message for each choice; empty if there is none
 * @param toolDefinitions the tools the model may ask for
 */
public record CallContent(
    List<ContentPart> systemInstructions,
    List<ContentMessage> inputMessages,
    List<ContentMessage> outputMessages,
    List<ToolDefinition> toolDefinitions) {
  public CallContent {
    systemInstructions = List.copyOf(systemInstructions);
    inputMessages = List.copyOf(inputMessages);
    outputMessages = List.copyOf(outputMessages);
    toolDefinitions = List.copyOf(toolDefinitions);
  }

  /** What these roles say; tools are nobody's. */
  CallContent only(Set<ContentRole> roles) {
    return new CallContent(
        roles.contains(ContentRole.SYSTEM) ? systemInstructions : List.of(),
        inputMessages.stream().filter(message -> roles.contains(message.role())).toList(),
        outputMessages.stream().filter(message -> roles.contains(message.role())).toList(),
        toolDefinitions);
  }

  /** With no more of the tools than their names. */
  CallContent withBareTools() {
    return new CallContent(
        systemInstructions,
        inputMessages,
        outputMessages,
        toolDefinitions.stream().map(ToolDefinition::bare).toList());
  }

  @Override
  public String toString() {
    return "CallContent[inputMessages=%d, outputMessages=%d]"
        .formatted(inputMessages.size(), outputMessages.size());
  }
}
