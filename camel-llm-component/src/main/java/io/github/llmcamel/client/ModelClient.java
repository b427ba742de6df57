/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.ModelsRequest;
import io.github.llmcamel.observe.Call;
import io.github.llmcamel.observe.CallObserver;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.provider.Quirk;
import io.github.llmcamel.simulator.SimulatedTransport;
import io.github.llmcamel.transport.HttpSettings;
import io.github.llmcamel.transport.Transport;
import io.github.llmcamel.transport.http.HttpComponentsTransport;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls models without blocking. Thread-safe.
 *
 * <p>A call occupies no thread while the model thinks. Nothing is retried here.
 */
public final class ModelClient implements AutoCloseable {

  private final Transports http;
  private final Transport simulator;
  private final Clockwork clockwork;
  private final CallLimiter limiter = new CallLimiter();
  private final Set<CallControl> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  ModelClient(Function<HttpSettings, Transport> http, Transport simulator, Clockwork clockwork) {
    this.http = new Transports(http);
    this.simulator = simulator;
    this.clockwork = clockwork;
  }

  /**
   * A client on real connections. Close it to release them.
   *
   * @param userAgent what it calls itself
   * @param clockwork its scheduler stays the caller's to stop, after this client
   */
  public static ModelClient create(String userAgent, Clockwork clockwork) {
    return new ModelClient(
        settings -> new HttpComponentsTransport(userAgent, settings),
        new SimulatedTransport(),
        clockwork);
  }

  /** Opens what calls to {@code baseUrl} will need, so that the first of them need not wait. */
  public void prepare(URI baseUrl, HttpSettings settings) {
    transport(baseUrl, settings);
  }

  /**
   * Writes the request of a call, with its answer in one piece, and sends nothing.
   *
   * @throws LlmException if the protocol cannot express it
   */
  public static WireRequest write(ModelCall call) throws LlmException {
    return Operation.of(call.inOnePiece()).encode();
  }

  /** Whether a provider has embeddings, and its protocol too. */
  public static boolean hasEmbeddings(Provider provider) {
    return !provider.has(Quirk.NO_EMBEDDINGS) && Codecs.embeddings(provider.protocol()).isPresent();
  }

  /** Whether a provider has a list of models. */
  public static boolean hasModelsList(Provider provider) {
    return !provider.has(Quirk.NO_MODELS_LIST);
  }

  /** Whether there is anything that {@link #probe} can ask a provider without cost. */
  public static boolean canBeProbed(Provider provider) {
    return hasModelsList(provider)
        || provider.has(Quirk.HEALTH_PATH)
        || provider.has(Quirk.LIVELINESS_PATH);
  }

  /**
   * Starts a call; several, one after the other, where one request cannot hold all texts, or one
   * reply not the whole list of models. The listener is told of each start, and of one ending.
   *
   * @param observer must not throw: see {@link CallObserver#safe}. It hears nothing of lists of
   *     models, since no model is called for them.
   */
  public void call(ModelCall call, CallObserver observer, CallListener listener) {
    Destination destination = call.destination();
    if (call.request() instanceof EmbeddingsRequest request) {
      Parts batches = new Batches(request, maxEmbeddingInputs(destination.provider()));
      new CallSeries(this, call, batches, observer, listener).goOn();
    } else if (call.request() instanceof ModelsRequest request) {
      Parts pages = new Pages(request, destination);
      new CallSeries(this, call.admittedBy(Admission.FREE), pages, CallObserver.NONE, listener)
          .goOn();
    } else {
      start(call, observer, listener);
    }
  }

  /** Starts one call, unless it is not admitted: then it has failed. */
  void start(ModelCall call, CallObserver observer, CallListener listener) {
    try {
      call.admission().admit(call.request());
    } catch (LlmException e) {
      listener.ended(new Ending.Failed(e, new CallTiming(Duration.ZERO, null)));
      return;
    }
    Registration registration = new Registration(listener);
    RunningCall started =
        new RunningCall(call, observer.start(observed(call)), registration, clockwork);
    registration.starting(started);
    started.start(transport(call.destination().baseUrl(), call.http()), limiter);
    if (closed) {
      started.cancel(Cancellation.STOPPED);
    }
  }

  /**
   * Asks whether calls of a server can succeed, with a request that costs nothing. It is no call:
   * nobody observes it, and it needs no place among the calls.
   *
   * @param destination whose provider {@link #canBeProbed}
   * @param connectTimeout above zero; the rest of the time is the caller's to limit
   * @return the status of success, or the {@link LlmException} that says why not; cancelling it
   *     closes the connection
   */
  public CompletableFuture<Integer> probe(
      Destination destination, HttpSettings settings, Duration connectTimeout) {
    return new Probe(destination).send(transport(destination.baseUrl(), settings), connectTimeout);
  }

  /** Cancels all calls as {@link Cancellation#STOPPED} and releases every connection. */
  @Override
  public void close() {
    closed = true;
    // Calls that wait for a place must not go out because others make room by ending.
    limiter.close();
    running.forEach(call -> call.cancel(Cancellation.STOPPED));
    http.close();
    simulator.close();
  }

  private static int maxEmbeddingInputs(Provider provider) {
    Integer own = provider.maxEmbeddingInputs();
    return own != null ? own : Codecs.embeddings(provider.protocol()).orElseThrow().maxInputs();
  }

  private Transport transport(URI baseUrl, HttpSettings settings) {
    return Providers.SIMULATOR_SCHEME.equals(baseUrl.getScheme()) ? simulator : http.of(settings);
  }

  private static Call observed(ModelCall call) {
    URI baseUrl = call.destination().baseUrl();
    return new Call(
        call.destination().provider(),
        call.request(),
        call.delivery(),
        baseUrl.getHost(),
        ServerPort.of(baseUrl));
  }

  /** Keeps a call among the running ones until it has ended. */
  private final class Registration implements CallListener {
    private final CallListener listener;
    private @Nullable CallControl call;

    private Registration(CallListener listener) {
      this.listener = listener;
    }

    @Override
    public void starting(CallControl control) {
      call = control;
      running.add(control);
      listener.starting(control);
    }

    @Override
    public boolean event(ChatEvent event) {
      return listener.event(event);
    }

    @Override
    public void ended(Ending ending) {
      running.remove(Objects.requireNonNull(call));
      listener.ended(ending);
    }
  }
}
