/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

/**
 * One message of the conversation.
 *
 * @param role the word on the wire, such as {@code user}
 * @param text empty if the message has none
 */
public record Turn(String role, String text) {

  @Override
  public String toString() {
    return "Turn[" + role + "]";
  }
}
