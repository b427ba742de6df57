/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

/** What a piece of content is. More kinds may come: treat one you do not know like a text. */
public enum ContentKind {
  /** Instructions to the model. */
  SYSTEM_TEXT,
  /** What the user says, and the user's name if a message has one. */
  USER_TEXT,
  /** What the model says or said, also where it refuses. */
  ASSISTANT_TEXT,
  /** What the model thought. */
  REASONING,
  /** The arguments of a tool call, as JSON text if they are whole. */
  TOOL_ARGUMENTS,
  /** What a tool answered. */
  TOOL_RESULT,
  /** The description of a tool, or the schema of its parameters as JSON text. */
  TOOL_DEFINITION,
  /** An image, a document or a recording, in base64. */
  MEDIA,
  /** Where an image, a document or a recording is. */
  MEDIA_URL,
  /** What a failed call says, which may be the provider's own words. */
  ERROR_MESSAGE
}
