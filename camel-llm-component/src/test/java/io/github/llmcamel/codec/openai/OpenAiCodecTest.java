/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.codec.ChatCodecContract;
import io.github.llmcamel.model.ChatResponse;
import java.nio.charset.StandardCharsets;

class OpenAiCodecTest extends ChatCodecContract {

  @Override
  protected String protocol() {
    return "openai";
  }

  @Override
  protected ChatCodec codec() {
    return new OpenAiCodec();
  }

  @Override
  protected byte[] wholeAnswer(ChatResponse response) {
    return OpenAiChatFormat.write(response, null).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected String unknownPiece() {
    return ": a comment\n\nevent: news\nretry: 3\ndata: {\"object\":\"news\",\"items\":[{}]}\n\n";
  }
}
