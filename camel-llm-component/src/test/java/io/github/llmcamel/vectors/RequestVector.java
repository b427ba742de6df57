/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.vectors;

import java.util.List;

/**
 * A row of {@code vectors.txt} about a request.
 *
 * @param id such as {@code W01}
 * @param provider the name of a built-in provider
 * @param base the base URL as a user pastes it; empty leaves it to the provider
 * @param request in OpenAI's format
 * @param expected what must be sent, item by item
 */
public record RequestVector(
    String id, String title, String provider, String base, String request, List<String> expected) {

  @Override
  public String toString() {
    return id + " " + title;
  }
}
