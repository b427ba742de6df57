/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.testkit;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;

/** Which calls wait for another thread, for the rules of each module. */
public final class Waiting {

  /** Classes whose calls wait, and which of their methods do. */
  private static final Map<Class<?>, Set<String>> METHODS =
      Map.of(
          Future.class, Set.of("get", "join"),
          Thread.class, Set.of("sleep", "join"),
          TimeUnit.class, Set.of("sleep", "timedJoin", "timedWait"),
          Object.class, Set.of("wait"),
          CountDownLatch.class, Set.of("await"),
          Condition.class, Set.of("await", "awaitNanos", "awaitUninterruptibly", "awaitUntil"),
          BlockingQueue.class, Set.of("take", "put"),
          Semaphore.class, Set.of("acquire"),
          LockSupport.class, Set.of("park", "parkNanos", "parkUntil"));

  private Waiting() {}

  public static boolean waits(JavaMethodCall call) {
    AccessTarget.MethodCallTarget target = call.getTarget();
    return METHODS.entrySet().stream()
        .anyMatch(
            entry ->
                entry.getValue().contains(target.getName())
                    && target.getOwner().isAssignableTo(entry.getKey())
                    && !(entry.getKey() == Object.class
                        && !target.getOwner().isEquivalentTo(Object.class)));
  }
}
