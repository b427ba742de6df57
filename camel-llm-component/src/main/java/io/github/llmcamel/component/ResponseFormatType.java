/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

/** What form of answer the model is asked for. */
public enum ResponseFormatType {
  /** Plain text. */
  TEXT,
  /** A JSON object of any form. */
  JSON,
  /** JSON of the form that the option {@code jsonSchema} describes. */
  JSON_SCHEMA
}
