/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import io.opentelemetry.api.OpenTelemetry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one SDK of a JVM, shared by its Camel contexts: built for the first, closed with the last.
 * Thread-safe.
 */
final class SharedSdk {

  /** The JVM's. */
  static final SharedSdk OF_JVM = new SharedSdk();

  private @Nullable Sdk sdk;
  private int leases;

  SharedSdk() {}

  /** What is shared. */
  interface Sdk {
    OpenTelemetry openTelemetry();

    /** Sends what is left and closes; waits for it. */
    void close();
  }

  /** A Camel context's right to use the SDK. */
  final class Lease implements AutoCloseable {
    private final Sdk leased;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Lease(Sdk leased) {
      this.leased = leased;
    }

    OpenTelemetry openTelemetry() {
      return leased.openTelemetry();
    }

    /** Gives it back; the last one back closes the SDK. Again has no effect. */
    @Override
    public void close() {
      if (closed.compareAndSet(false, true) && release()) {
        leased.close();
      }
    }
  }

  /**
   * Takes a lease.
   *
   * @param builder builds the SDK if there is none
   */
  synchronized Lease lease(Supplier<Sdk> builder) {
    Sdk shared = sdk != null ? sdk : builder.get();
    sdk = shared;
    leases++;
    return new Lease(shared);
  }

  private synchronized boolean release() {
    leases--;
    if (leases == 0) {
      sdk = null;
    }
    return leases == 0;
  }
}
