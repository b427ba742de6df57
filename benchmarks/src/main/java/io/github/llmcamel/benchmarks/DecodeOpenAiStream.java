/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks;

import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.codec.Secrets;
import io.github.llmcamel.codec.StreamDecoder;
import io.github.llmcamel.codec.openai.OpenAiCodec;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** How many events of a stream one core decodes, from bytes to {@link ChatEvent}s. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecodeOpenAiStream {

  private static final int EVENTS = 1_000;
  private static final int SLICE = 1_400;

  private final ChatCodec codec = new OpenAiCodec();
  private final ReplyHead head =
      new ReplyHead(
          "openai",
          URI.create("https://api.openai.com/v1/chat/completions"),
          200,
          Map.of("content-type", List.of("text/event-stream")),
          Secrets.NONE);
  private final byte[] stream = stream();

  /** One operation is one event with text. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void decode(Blackhole events) throws LlmException {
    StreamDecoder decoder = codec.newDecoder(head);
    for (int from = 0; from < stream.length; from += SLICE) {
      int length = Math.min(SLICE, stream.length - from);
      decoder.feed(ByteBuffer.wrap(stream, from, length), events::consume);
    }
    decoder.end(events::consume);
  }

  private static byte[] stream() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      text.append(
          "data: {\"id\":\"chatcmpl-AbCdEfGhIjKlMnOpQrStUvWx\",\"object\":\"chat.completion.chunk\","
              + "\"created\":1760000000,\"model\":\"gpt-4o-mini-2024-07-18\",\"service_tier\":\"default\","
              + "\"system_fingerprint\":\"fp_0123456789\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},"
              + "\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n");
    }
    text.append(
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
