/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

/**
 * A word of a text with the white space before it and the line ends after it: what a tokenizer
 * looks at together.
 *
 * @param tokens how long it is
 */
record Word(String text, int tokens, End end) {

  /** What ends with it, from least to most. */
  enum End {
    /** Only a part of a word that is too long to be one. */
    PART,
    WORD,
    SENTENCE,
    LINE,
    PARAGRAPH
  }
}
