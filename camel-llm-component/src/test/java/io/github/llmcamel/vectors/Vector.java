/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.vectors;

import io.github.llmcamel.codec.ReasoningTags;
import java.util.List;
import java.util.Map;

/**
 * One row of {@code vectors.txt}.
 *
 * @param id such as {@code S01}
 * @param provider the name of a built-in provider, which has the row's protocol
 * @param streamed whether a stream is asked for
 * @param texts of how many texts embeddings are asked for; 0 for a chat
 * @param reasoning how the text is read
 * @param limit of the whole reply, in bytes
 * @param headers of the reply, by lower-case name
 * @param expected what must come of it, item by item
 */
public record Vector(
    String id,
    String title,
    String provider,
    boolean streamed,
    int texts,
    ReasoningTags reasoning,
    long limit,
    int status,
    Map<String, List<String>> headers,
    List<Step> steps,
    List<String> expected) {

  @Override
  public String toString() {
    return id + " " + title;
  }
}
