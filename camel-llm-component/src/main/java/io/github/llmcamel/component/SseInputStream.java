/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.codec.openai.ChunkWriter;
import io.github.llmcamel.codec.openai.OpenAiChatFormat;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import org.apache.camel.RuntimeCamelException;

/**
 * A live answer as OpenAI streams it: server-sent events, the last one {@code [DONE]}. Reading
 * waits for the model; an answer that fails ends with an event that holds the error, and without
 * {@code [DONE]}.
 */
final class SseInputStream extends InputStream {

  private static final byte[] NOTHING = {};

  private final LlmStream<?> stream;
  private final ChunkWriter chunks;
  private byte[] ready = NOTHING;
  private int position;
  private boolean complete;
  private boolean ended;

  SseInputStream(LlmStream<?> stream) {
    this.stream = stream;
    this.chunks = OpenAiChatFormat.chunkWriter(AnswerWriter.defaults(stream.requestModel()));
    stream.claimForInputStream();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == ready.length) {
      if (ended) {
        return -1;
      }
      fetch();
    }
    // Never waits for more than it has: a proxy passes each event on at once.
    int count = Math.min(length, ready.length - position);
    System.arraycopy(ready, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return ready.length - position;
  }

  @Override
  public void close() {
    stream.close();
  }

  private void fetch() throws IOException {
    position = 0;
    try {
      ChatEvent event = complete ? null : stream.nextEvent();
      complete = event == null;
      String chunk = event == null ? chunks.last() : chunks.apply(event);
      ended = complete && chunk == null;
      String data = ended ? "[DONE]" : chunk;
      ready = data == null ? NOTHING : bytes(sse(data));
    } catch (LlmException failure) {
      ended = true;
      ready = bytes(sse(OpenAiChatFormat.writeError(failure)));
    } catch (RuntimeCamelException e) {
      throw new InterruptedIOException(e.getMessage());
    } catch (CancellationException e) {
      throw new IOException(e);
    }
  }

  private static String sse(String data) {
    return "data: " + data + "\n\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
