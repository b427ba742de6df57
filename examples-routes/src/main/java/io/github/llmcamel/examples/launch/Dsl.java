/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.launch;

/** The languages that every route is written in. */
public enum Dsl {
  java,
  yaml,
  xml
}
