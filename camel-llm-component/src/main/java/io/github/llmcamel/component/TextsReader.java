/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Reads a message body as a list of texts. */
final class TextsReader {

  private TextsReader() {}

  /**
   * The texts of a body that is a collection or an array; null if it is anything else.
   *
   * @throws IllegalArgumentException if something in it is no text, or a blank one; its message
   *     names the place and never quotes the body
   */
  static @Nullable List<String> read(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    if (body instanceof Object[] array) {
      return texts(Arrays.asList(array));
    }
    return body instanceof Collection<?> collection ? texts(collection) : null;
  }

  private static List<String> texts(Collection<?> elements) {
    List<String> texts = new ArrayList<>(elements.size());
    for (Object element : elements) {
      if (!(element instanceof CharSequence text)) {
        String type = element == null ? "null" : "a " + element.getClass().getName();
        throw refused(texts.size(), "is " + type + ", not a text. Convert it before the call.");
      }
      if (text.toString().isBlank()) {
        throw refused(texts.size(), "is empty: it has no vector. Remove it before the call.");
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static IllegalArgumentException refused(int index, String problemAndCure) {
    return new IllegalArgumentException(
        "Element %d of the body (counted from 0) %s".formatted(index, problemAndCure));
  }
}
