/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Lets an answer take a certain time and no more. An answer that is left long before its end loses
 * its connection: the client would else read it to its end, which it may not have.
 */
final class BoundedFetch implements HttpClientConfigurer {

  private static final int SHORT_REST = 16_384;

  private final Duration longest;

  BoundedFetch(Duration longest) {
    this.longest = longest;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client.addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "bounded", this::execute);
  }

  private ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ClassicHttpResponse answer = chain.proceed(request, scope);
    if (answer.getEntity() != null) {
      answer.setEntity(new BoundedEntity(answer.getEntity(), scope.execRuntime));
    }
    return answer;
  }

  private final class BoundedEntity extends HttpEntityWrapper {

    private final ExecRuntime connection;
    private final long end = System.nanoTime() + longest.toNanos();
    private boolean left;

    BoundedEntity(HttpEntity answer, ExecRuntime connection) {
      super(answer);
      this.connection = connection;
    }

    @Override
    public InputStream getContent() throws IOException {
      return new BoundedStream(super.getContent(), this);
    }

    @Override
    public void close() throws IOException {
      if (!left) {
        super.close();
      }
    }

    private void leave() {
      left = true;
      connection.discardEndpoint();
    }

    private void checkTime() throws UnreadableDocumentException {
      if (System.nanoTime() - end > 0) {
        throw new UnreadableDocumentException(
            "The document did not arrive within %d seconds.".formatted(longest.toSeconds()));
      }
    }
  }

  private static final class BoundedStream extends FilterInputStream {

    private final BoundedEntity answer;
    private boolean ended;

    BoundedStream(InputStream in, BoundedEntity answer) {
      super(in);
      this.answer = answer;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
      int count = super.read(target, start, length);
      ended = count < 0;
      answer.checkTime();
      return count;
    }

    @Override
    public void close() throws IOException {
      if (isReadToItsEnd()) {
        super.close();
      } else {
        answer.leave();
      }
    }

    /** A short rest, such as the page of a redirect, costs less than a connection. */
    private boolean isReadToItsEnd() {
      try {
        byte[] rest = new byte[SHORT_REST];
        for (int left = SHORT_REST; !ended && left > 0; ) {
          left -= Math.max(0, read(rest, 0, left));
        }
      } catch (IOException e) {
        return false;
      }
      return ended;
    }
  }
}
