/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import io.github.llmcamel.codec.EmbeddingsCodec;
import io.github.llmcamel.codec.ForeignMembers;
import io.github.llmcamel.codec.Inexpressible;
import io.github.llmcamel.codec.RequestBody;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.provider.Destination;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings as Google defines them: {@code embedContent} for one text, {@code batchEmbedContents}
 * for several. Thread-safe.
 *
 * @see <a href="https://ai.google.dev/api/embeddings">Gemini API, embeddings</a>
 */
public final class GeminiEmbeddingsCodec implements EmbeddingsCodec {

  private static final int MAX_INPUTS = 100;

  /** Other texts would be another call. */
  private static final Set<String> OURS = Set.of("content", "requests");

  @Override
  public int maxInputs() {
    return MAX_INPUTS;
  }

  @Override
  public WireRequest encode(EmbeddingsRequest request, Destination destination)
      throws LlmException {
    String model = Objects.requireNonNull(request.model(), "model");
    String name = String.join("/", ModelUri.name(destination, model));
    Inexpressible inexpressible = new Inexpressible(destination);
    Map<String, Object> extras = extras(request, inexpressible);
    List<Map<String, @Nullable Object>> contents =
        request.inputs().stream()
            .map(text -> content(name, text, request.dimensions(), extras))
            .toList();
    boolean isOne = contents.size() == 1;
    RequestBody body = new RequestBody();
    if (isOne) {
      contents.get(0).forEach(body::put);
    } else {
      body.put("requests", contents);
    }
    return WireRequest.written(
        destination,
        () ->
            WireRequest.post(
                ModelUri.of(destination, model, isOne ? "embedContent" : "batchEmbedContents"),
                body.bytes(),
                inexpressible.dropped()));
  }

  private static Map<String, Object> extras(EmbeddingsRequest request, Inexpressible inexpressible)
      throws LlmException {
    Map<String, Object> extras = new LinkedHashMap<>();
    for (Map.Entry<String, Object> extra : request.extras().entrySet()) {
      String name = extra.getKey();
      if (!OURS.contains(name)
          && !ForeignMembers.has(name, extra.getValue(), "Gemini", inexpressible)) {
        extras.put(name, extra.getValue());
      }
    }
    return extras;
  }

  private static Map<String, @Nullable Object> content(
      String model, String text, @Nullable Integer dimensions, Map<String, Object> extras) {
    RequestBody content = new RequestBody();
    content.put("model", model);
    content.put("content", Map.of("parts", List.of(Map.of("text", text))));
    content.put("outputDimensionality", dimensions);
    extras.forEach(content::extra);
    return content.members();
  }
}
