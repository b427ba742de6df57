/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.choice;

import io.github.llmcamel.component.LlmStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Flow;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.common.HttpMessage;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/** Writes a live answer with the servlet's non-blocking output, an event at a time. */
final class StreamWriter extends AsyncProcessorSupport {

  private static final String RESPONSE = "response";

  /** To be called first: later steps replace the message that knows the servlet's response. */
  static void keepResponse(Exchange exchange) {
    if (exchange.getMessage() instanceof HttpMessage request) {
      exchange.setProperty(RESPONSE, request.getResponse());
    }
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Message message = exchange.getMessage();
    @SuppressWarnings("unchecked") // by outputFormat
    LlmStream<String> stream = message.getBody(LlmStream.class);
    HttpServletResponse response = exchange.getProperty(RESPONSE, HttpServletResponse.class);
    response.setHeader(
        Exchange.CONTENT_TYPE, message.getHeader(Exchange.CONTENT_TYPE, String.class));
    response.setHeader(ChatServer.BEGUN, message.getHeader(ChatServer.BEGUN, String.class));
    try {
      new Writing(response.getOutputStream(), stream, () -> done(exchange, callback)).start();
    } catch (IOException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
    return false;
  }

  private static void done(Exchange exchange, AsyncCallback callback) {
    exchange.getMessage().setBody(null);
    callback.done(false);
  }

  /** Any thread. The lock is held while bytes are handed over, which does not block. */
  private static final class Writing implements Flow.Subscriber<String> {
    private final ServletOutputStream output;
    private final LlmStream<String> stream;
    private final Runnable done;
    private final Queue<byte[]> unwritten = new ArrayDeque<>();
    private Flow.@Nullable Subscription events;
    private boolean unflushed;
    private boolean answerEnded;
    private boolean over;

    Writing(ServletOutputStream output, LlmStream<String> stream, Runnable done) {
      this.output = output;
      this.stream = stream;
      this.done = done;
    }

    void start() {
      output.setWriteListener(
          new WriteListener() {
            @Override
            public void onWritePossible() {
              write();
            }

            @Override
            public void onError(Throwable clientGone) {
              end();
            }
          });
      stream.elements().subscribe(this);
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription subscription) {
      events = subscription;
      subscription.request(1);
    }

    @Override
    public synchronized void onNext(String chunk) {
      unwritten.add(sse(chunk));
      write();
    }

    @Override
    public synchronized void onComplete() {
      answerEnded = true;
      unwritten.add(sse("[DONE]"));
      write();
    }

    @Override
    public synchronized void onError(Throwable failure) {
      answerEnded = true;
      write();
    }

    private synchronized void write() {
      try {
        while (!over && output.isReady() && writeNext()) {}
      } catch (IOException | RuntimeException clientGone) {
        // A call that is not allowed any more ends the answer, too: nobody else would.
        end();
      }
    }

    /** Whether there may be more to do. */
    private boolean writeNext() throws IOException {
      byte[] next = unwritten.poll();
      if (next != null) {
        output.write(next);
        unflushed = true;
      } else if (unflushed) {
        output.flush();
        unflushed = false;
        if (events != null) {
          events.request(1);
        }
      } else if (answerEnded) {
        end();
      } else {
        return false;
      }
      return true;
    }

    private synchronized void end() {
      if (!over) {
        over = true;
        stream.close();
        done.run();
      }
    }

    private static byte[] sse(String data) {
      return ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
  }
}
