/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be recorded of a call's contents, already redacted and cut. Prints no content.
 *
 * @param errorMessage says what failed; null if there is nothing to say
 * @param systemInstructions null if there are none, or none is to be recorded; so are the others
 * @param prompt the text of the user's last message
 * @param completion the text of the first choice
 * @param completionFinishReason why that ended, in the words of the conventions
 */
public record RecordedContent(
    @Nullable String errorMessage,
    @Nullable ContentJson systemInstructions,
    @Nullable ContentJson inputMessages,
    @Nullable ContentJson outputMessages,
    @Nullable ContentJson toolDefinitions,
    @Nullable String prompt,
    @Nullable String completion,
    @Nullable String completionFinishReason) {

  /** No contents, only what failed. */
  static RecordedContent none(@Nullable String errorMessage) {
    return new RecordedContent(errorMessage, null, null, null, null, null, null, null);
  }

  static RecordedContent of(@Nullable String errorMessage, CallContent content, int budget) {
    ContentMessage prompt =
        content.inputMessages().stream()
            .filter(message -> message.role() == ContentRole.USER)
            .reduce((earlier, later) -> later)
            .orElse(null);
    List<ContentMessage> answers = content.outputMessages();
    ContentMessage completion = answers.isEmpty() ? null : answers.get(0);
    return new RecordedContent(
        errorMessage,
        ContentJson.ofParts(content.systemInstructions(), budget),
        ContentJson.ofMessages(content.inputMessages(), budget),
        ContentJson.ofMessages(answers, budget),
        ContentJson.ofTools(content.toolDefinitions(), budget),
        prompt == null ? null : JsonString.cut(prompt.text(), budget),
        completion == null ? null : JsonString.cut(completion.text(), budget),
        completion == null ? null : completion.finishReason());
  }

  @Override
  public String toString() {
    return "RecordedContent[inputMessages=%s, outputMessages=%s]"
        .formatted(inputMessages, outputMessages);
  }
}
