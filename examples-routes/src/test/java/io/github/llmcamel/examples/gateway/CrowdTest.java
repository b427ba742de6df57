/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static io.github.llmcamel.examples.gateway.RawRequest.CHAT;
import static io.github.llmcamel.examples.gateway.RawRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients that hold on to what they got, beside one that wants an answer. */
class CrowdTest {

  private static final String HALF_HEAD = "POST /v1/chat/completions HTTP/1.1\r\nHost: loc";
  private static final String HALF_BODY = post(CHAT).substring(0, post(CHAT).length() - 1);

  /** Those that a few calls may start, whoever else is connected. */
  private static final int THREADS = 8;

  private static final long HEAP_BYTES = 32L << 20;

  @Test
  void idleAndHalfOpenRequestsTakeNeitherThreadsNorHeapNorTheTurnOfOthers(@TempDir Path folder)
      throws Exception {
    try (RunningGateway gateway = RunningGateway.start(folder, "gateway.max-queued-requests=1")) {
      List<RawClient> crowd = new ArrayList<>();
      come(crowd, 100, gateway, HALF_HEAD); // The server starts the few threads that it may have.
      gateway.assertServes();
      int threads = threads();
      long heap = usedHeap();
      try {
        come(crowd, 2_000, gateway, "");
        come(crowd, 500, gateway, HALF_HEAD);
        come(crowd, 500, gateway, HALF_BODY);

        gateway.assertServes();
        assertThat(threads()).isLessThanOrEqualTo(threads + THREADS);
      } finally {
        for (RawClient client : crowd) {
          client.close();
        }
      }
      gateway.assertServes();
      assertThat(threads()).isLessThanOrEqualTo(threads + THREADS);
      assertThat(usedHeap()).isLessThan(heap + HEAP_BYTES);
    }
  }

  private static void come(List<RawClient> crowd, int count, RunningGateway gateway, String text)
      throws IOException {
    for (int i = 0; i < count; i++) {
      RawClient client = new RawClient(gateway.address());
      crowd.add(client);
      client.send(text);
    }
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
