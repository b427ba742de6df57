/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.observe.CallObserver;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.provider.Secret;
import io.github.llmcamel.testkit.ManualClock;
import io.github.llmcamel.transport.HttpSettings;
import io.github.llmcamel.vectors.Step;
import io.github.llmcamel.vectors.Vector;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plays the server of one vector to a client, with the time of a manual clock. */
final class VectorPlay implements CallListener {

  private static final URI NOWHERE = URI.create("https://acme.example/v1");

  private final ManualClock clock = new ManualClock();
  private final FakeTransport transport = new FakeTransport();
  private @Nullable CallControl control;
  private @Nullable Ending ending;

  private VectorPlay() {}

  /**
   * How the call of a vector ends.
   *
   * @param slicing how the bytes that arrive at once are cut
   */
  static Outcome play(Vector vector, Function<byte[], List<byte[]>> slicing) {
    VectorPlay play = new VectorPlay();
    try (ModelClient client =
        new ModelClient(
            settings -> play.transport,
            new FakeTransport(),
            new Clockwork(play.clock, play.clock))) {
      client.call(call(vector), CallObserver.NONE, play);
      long sentAt = play.clock.getAsLong();
      boolean headSent = false;
      for (Step step : vector.steps()) {
        if (!headSent && !(step instanceof Step.At)) {
          headSent = true;
          play.transport.head(vector.status(), vector.headers());
        }
        play.step(step, sentAt, slicing);
      }
      return new Outcome(
          Objects.requireNonNull(play.ending, "The call has not ended."), play.transport.cancelled);
    }
  }

  private void step(Step step, long sentAt, Function<byte[], List<byte[]>> slicing) {
    if (step instanceof Step.Bytes bytes) {
      slicing.apply(bytes.bytes()).forEach(transport::slice);
    } else if (step instanceof Step.At at) {
      clock.advance(at.time().minusNanos(clock.getAsLong() - sentAt));
    } else if (step instanceof Step.After after) {
      clock.advance(after.time());
    } else if (step instanceof Step.Cancel) {
      Objects.requireNonNull(control).cancel(Cancellation.CLOSED_BY_CONSUMER);
    } else if (step instanceof Step.Reset) {
      transport.breakOff(new IOException("Connection reset"));
    } else {
      transport.end();
    }
  }

  @Override
  public void starting(CallControl started) {
    control = started;
  }

  @Override
  public boolean event(ChatEvent event) {
    return true;
  }

  @Override
  public void ended(Ending theEnding) {
    ending = theEnding;
  }

  private static ModelCall call(Vector vector) {
    Provider provider = Providers.find(vector.provider()).orElseThrow();
    Timeouts timeouts =
        new Timeouts(
            Duration.ofSeconds(1),
            Duration.ZERO,
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30));
    return new ModelCall(
        request(vector.texts()),
        vector.streamed() ? Delivery.STREAMED : Delivery.WHOLE,
        new Destination(provider, NOWHERE, new Secret("key-of-the-vectors"), Map.of()),
        new CallLimits(timeouts, 0, 0, vector.limit()),
        HttpSettings.DEFAULT,
        new Reading(vector.reasoning(), false));
  }

  private static ModelRequest request(int texts) {
    return texts == 0
        ? ChatRequest.of("hi").toBuilder().model("m").build()
        : new EmbeddingsRequest("m", Collections.nCopies(texts, "hi"), null, null, Map.of());
  }

  /** How a call ended, and whether we closed its connection. */
  record Outcome(Ending ending, boolean closed) {}
}
