/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.load;

import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;

/** HttpClient 5 alone, reading the same bytes without a look at them. */
final class BareCaller implements Caller {

  private static final int CONNECTIONS = 100;

  private final CloseableHttpAsyncClient client;
  private final String uri;
  private final byte[] body;

  BareCaller(String baseUrl) {
    client =
        HttpAsyncClientBuilder.create()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(CONNECTIONS)
                    .setMaxConnPerRoute(CONNECTIONS)
                    .build())
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableRedirectHandling()
            .build();
    client.start();
    uri = baseUrl + "/v1/chat/completions";
    body =
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted(PROMPT)
            .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void call(Runnable ended) {
    client.execute(
        AsyncRequestBuilder.post(uri).setEntity(body, ContentType.APPLICATION_JSON).build(),
        new BasicResponseConsumer<>(new BasicAsyncEntityConsumer()),
        new FutureCallback<Message<HttpResponse, byte[]>>() {
          @Override
          public void completed(Message<HttpResponse, byte[]> reply) {
            ended.run();
          }

          @Override
          public void failed(Exception cause) {
            throw new IllegalStateException(cause);
          }

          @Override
          public void cancelled() {
            throw new IllegalStateException("cancelled");
          }
        });
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    try {
      client.awaitShutdown(TimeValue.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
