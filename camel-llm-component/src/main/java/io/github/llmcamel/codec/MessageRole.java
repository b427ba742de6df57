/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.model.Message;

/** Who says a message, in the words most protocols share. */
public final class MessageRole {

  private MessageRole() {}

  /** One of {@code system}, {@code user}, {@code assistant} and {@code tool}. */
  public static String of(Message message) {
    if (message instanceof Message.System) {
      return "system";
    }
    if (message instanceof Message.User) {
      return "user";
    }
    return message instanceof Message.Assistant ? "assistant" : "tool";
  }
}
