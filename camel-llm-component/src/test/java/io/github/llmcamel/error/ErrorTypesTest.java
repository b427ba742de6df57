/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.llmcamel.error.LlmBudgetExceededException.Budget;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each new word is a new line in every metric system for good: there is a list, and it is closed.
 */
class ErrorTypesTest {

  private static final URI SERVER = URI.create("http://127.0.0.1:9/v1");

  private static final List<Class<?>> FAILURES =
      new ClassFileImporter()
              .importPath(
                  Path.of(
                      URI.create(
                              String.valueOf(LlmException.class.getResource("LlmException.class")))
                          .resolve(".")))
              .get(LlmException.class)
              .getAllSubclasses()
              .stream()
              .<Class<?>>map(JavaClass::reflect)
              .toList();
  private static final Set<String> CLOSED_LIST = closedList();

  static List<Class<?>> failures() {
    assertThat(FAILURES).hasSizeGreaterThanOrEqualTo(10);
    return FAILURES;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void noFailureSaysAnythingElse(Class<?> type) throws ReflectiveOperationException {
    for (int status :
        IntStream.concat(IntStream.of(0, 200), IntStream.range(300, 1_000)).toArray()) {
      assertThat(failure(type, status, null).getErrorType()).as("%d", status).isIn(CLOSED_LIST);
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void noCauseChangesThat(Class<?> type) throws ReflectiveOperationException {
    List<Exception> causes =
        List.of(
            new SSLHandshakeException("No."),
            new NoRouteToHostException("No."),
            new IOException(new IllegalStateException("No.")),
            new IllegalStateException(new UnknownHostException("No.")),
            new Exception("No."));

    for (Exception cause : causes) {
      assertThat(failure(type, 0, cause).getErrorType()).as("%s", cause).isIn(CLOSED_LIST);
    }
  }

  private static Set<String> closedList() {
    Set<String> closed = new HashSet<>(Set.of("_OTHER"));
    IntStream.range(400, 600).mapToObj(Integer::toString).forEach(closed::add);
    FAILURES.forEach(failure -> closed.add(failure.getName()));
    List.of(
            ConnectException.class,
            UnknownHostException.class,
            SSLException.class,
            SocketException.class,
            TimeoutException.class,
            RejectedExecutionException.class)
        .forEach(failure -> closed.add(failure.getName()));
    return closed;
  }

  private static LlmException failure(Class<?> type, int status, @Nullable Throwable cause)
      throws ReflectiveOperationException {
    Failure facts =
        new Failure("vllm", SERVER, status, null, Map.of(), null, null, null, null, false);
    if (type == LlmBudgetExceededException.class) {
      // It says itself what is wrong, and nothing else causes it.
      return new LlmBudgetExceededException(
          Budget.CALLS, BigDecimal.ONE, BigDecimal.ONE, null, facts);
    }
    Constructor<?> constructor = type.getConstructor(String.class, Failure.class, Throwable.class);
    return (LlmException) constructor.newInstance("No.", facts, cause);
  }
}
