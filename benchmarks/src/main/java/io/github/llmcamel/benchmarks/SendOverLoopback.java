/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.llmcamel.transport.HttpCall;
import io.github.llmcamel.transport.HttpSettings;
import io.github.llmcamel.transport.ReplyHandler;
import io.github.llmcamel.transport.Transport;
import io.github.llmcamel.transport.http.HttpComponentsTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long one request takes after the other, over connections that are used again and over new
 * ones. Server and client share the machine.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Dsun.net.httpserver.nodelay=true")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SendOverLoopback {

  private static final byte[] REPLY = "data: word\n\n".getBytes(StandardCharsets.UTF_8);

  /** A connection that carried server-sent events without TLS is not used again. */
  @Param({"text/plain", "text/event-stream"})
  public String contentType = "";

  @SuppressWarnings("NullAway.Init") // set up
  private Transport transport;

  @SuppressWarnings("NullAway.Init") // set up
  private HttpServer server;

  @SuppressWarnings("NullAway.Init") // set up
  private ExecutorService threads;

  @SuppressWarnings("NullAway.Init") // set up
  private HttpCall call;

  @Setup(Level.Trial)
  public void start() throws IOException {
    threads = Executors.newCachedThreadPool();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    transport = new HttpComponentsTransport("camel-llm/benchmark", HttpSettings.DEFAULT);
    call =
        new HttpCall(
            "POST",
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            Map.of("Content-Type", "application/json"),
            "{}".getBytes(StandardCharsets.UTF_8),
            Duration.ofSeconds(5));
  }

  @TearDown(Level.Trial)
  public void stop() {
    transport.close();
    server.stop(0);
    threads.shutdown();
  }

  /** One operation is one request and its reply. */
  @Benchmark
  public boolean send() {
    Reply reply = new Reply();
    transport.send(call, reply);
    return reply.complete.join();
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Content-Type", contentType);
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(REPLY);
    exchange.close();
  }

  private static final class Reply implements ReplyHandler, Flow.Subscriber<ByteBuffer> {
    private final CompletableFuture<Boolean> complete = new CompletableFuture<>();

    @Override
    public Flow.Subscriber<ByteBuffer> onHead(int status, Map<String, List<String>> headers) {
      return this;
    }

    @Override
    public void onFailure(Throwable cause) {
      complete.completeExceptionally(cause);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer slice) {}

    @Override
    public void onError(Throwable cause) {
      complete.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
      complete.complete(true);
    }
  }
}
