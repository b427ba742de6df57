/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Reads what this process has used so far. */
record Meter(long cpuNanos, long allocatedBytes) {

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The processor time of the whole process, and what its living threads have allocated. */
  static Meter read() {
    long[] threads = THREADS.getAllThreadIds();
    long allocated =
        Arrays.stream(THREADS.getThreadAllocatedBytes(threads)).filter(bytes -> bytes > 0).sum();
    return new Meter(PROCESS.getProcessCpuTime(), allocated);
  }

  /** What one of {@code times} things has used since {@code start}. */
  Cost since(Meter start, int times) {
    return new Cost(
        (cpuNanos - start.cpuNanos) / 1_000.0 / times,
        (allocatedBytes - start.allocatedBytes) / 1_024.0 / times);
  }

  /**
   * What one thing costs.
   *
   * @param micros of processor time
   * @param kibibytes allocated
   */
  record Cost(double micros, double kibibytes) {}
}
