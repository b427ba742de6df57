/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks;

import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.codec.Secrets;
import io.github.llmcamel.codec.StreamDecoder;
import io.github.llmcamel.codec.anthropic.AnthropicCodec;
import io.github.llmcamel.codec.ollama.OllamaCodec;
import io.github.llmcamel.codec.openai.OpenAiCodec;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
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
public class DecodeStream {

  private static final int EVENTS = 1_000;
  private static final int SLICE = 1_400;

  @Param public Wire protocol = Wire.OPENAI;

  private final ReplyHead head =
      new ReplyHead("acme", URI.create("https://api.example.com"), 200, Map.of(), Secrets.NONE);
  private byte[] stream = new byte[0];

  @Setup
  public void write() {
    stream = stream();
  }

  /** One operation is one event with text. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void decode(Blackhole events) throws LlmException {
    StreamDecoder decoder = protocol.codec.newDecoder(head);
    for (int from = 0; from < stream.length; from += SLICE) {
      int length = Math.min(SLICE, stream.length - from);
      decoder.feed(ByteBuffer.wrap(stream, from, length), events::consume);
    }
    decoder.end(events::consume);
  }

  private byte[] stream() {
    return (protocol.head + protocol.event.repeat(EVENTS) + protocol.end)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A stream as the provider itself sends it. */
  public enum Wire {
    OPENAI(
        new OpenAiCodec(),
        "",
        "data: {\"id\":\"chatcmpl-AbCdEfGhIjKlMnOpQrStUvWx\",\"object\":\"chat.completion.chunk\","
            + "\"created\":1760000000,\"model\":\"gpt-4o-mini-2024-07-18\",\"service_tier\":\"default\","
            + "\"system_fingerprint\":\"fp_0123456789\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},"
            + "\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n",
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
            + "data: [DONE]\n\n"),
    OLLAMA(
        new OllamaCodec(),
        "",
        "{\"model\":\"gemma3:1b\",\"created_at\":\"2026-11-25T10:00:00.123456789Z\","
            + "\"message\":{\"role\":\"assistant\",\"content\":\" word\"},\"done\":false}\n",
        "{\"model\":\"gemma3:1b\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},"
            + "\"done\":true,\"done_reason\":\"stop\",\"eval_count\":1000}\n"),
    ANTHROPIC(
        new AnthropicCodec(),
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\","
            + "\"model\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\n"
            + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
            + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
            + "\"delta\":{\"type\":\"text_delta\",\"text\":\" word\"}}\n\n",
        "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
            + "\"end_turn\"},\"usage\":{\"output_tokens\":1000}}\n\n"
            + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");

    private final ChatCodec codec;
    private final String head;
    private final String event;
    private final String end;

    Wire(ChatCodec codec, String head, String event, String end) {
      this.codec = codec;
      this.head = head;
      this.event = event;
      this.end = end;
    }
  }
}
