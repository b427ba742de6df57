/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.ModelCall;
import io.github.llmcamel.client.ModelClient;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call would send, made known without sending it: see {@link LlmEndpoint#preview}.
 *
 * @param provider the name of the provider that would be asked
 * @param model the model that would be asked; null for a list of models
 * @param maxTokens the most output tokens that would be asked for; null if none are named
 * @param bytes the size of the request's body, 0 and above
 * @param sha256 of the provider, the model and the body, in 64 lower-case hex digits. Two calls
 *     with the same one ask the same; keys, URLs and how the answer travels do not count.
 */
public record RequestPreview(
    String provider,
    @Nullable String model,
    @Nullable Integer maxTokens,
    int bytes,
    String sha256) {

  static RequestPreview of(ModelCall call) throws LlmException {
    WireRequest written = ModelClient.write(call);
    String provider = call.destination().provider().name();
    String model = call.request().model();
    return new RequestPreview(
        provider,
        model,
        call.request() instanceof ChatRequest chat ? chat.sampling().maxTokens() : null,
        written.body().length,
        sha256(provider + "\n" + Objects.toString(model, "") + "\n", written.body()));
  }

  private static String sha256(String head, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
