/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.Objects;

/** One piece of a message. */
public sealed interface Part {

  /**
   * Plain text.
   *
   * @param text may be empty, never null
   */
  record Text(String text) implements Part {
    public Text {
      Objects.requireNonNull(text, "text");
    }
  }

  /**
   * A piece this library does not model, kept as it came: an image, a document, a vendor's own
   * kind. It is sent as it is; OpenAI's forms are translated for a provider that speaks another
   * protocol, or refused where that protocol has none.
   *
   * @param type the word the protocol uses for it, such as {@code image_url}
   * @param json the piece as JSON values of the JDK, or the JSON text
   */
  record Other(String type, Object json) implements Part {
    public Other {
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(json, "json");
    }
  }
}
