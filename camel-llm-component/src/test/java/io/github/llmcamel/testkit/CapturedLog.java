/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.testkit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.simple.SimpleLogger;

/** What is logged while this is open; slf4j-simple writes to the standard error stream. */
public final class CapturedLog implements AutoCloseable {

  private static final int TRACE = 0;

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Map<Logger, Integer> levels = new HashMap<>();
  private final List<String> traced;

  public CapturedLog() {
    this(List.of());
  }

  private CapturedLog(List<String> traced) {
    this.traced = traced;
    traced.forEach(name -> System.setProperty(property(name), "trace"));
    for (Logger logger : loggers().values()) {
      if (traced.stream().anyMatch(logger.getName()::startsWith)) {
        levels.put(logger, setLevel(logger, TRACE));
      }
    }
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  /** Captures everything of these loggers and the ones below, whatever is configured. */
  public static CapturedLog atTrace(String... names) {
    return new CapturedLog(List.of(names));
  }

  public String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The lines that contain {@code part}. */
  public List<String> linesWith(String part) {
    return text().lines().filter(line -> line.contains(part)).toList();
  }

  @Override
  public void close() {
    System.setErr(before);
    traced.forEach(name -> System.clearProperty(property(name)));
    levels.forEach(CapturedLog::setLevel);
  }

  private static String property(String name) {
    return SimpleLogger.LOG_KEY_PREFIX + name;
  }

  // Loggers take their level when they are made and have no method to change it.

  @SuppressWarnings("unchecked")
  private static Map<String, Logger> loggers() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    try {
      Field map = factory.getClass().getDeclaredField("loggerMap");
      map.setAccessible(true);
      return (Map<String, Logger>) map.get(factory);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("slf4j-simple keeps its loggers elsewhere now.", e);
    }
  }

  private static int setLevel(Logger logger, int level) {
    try {
      Field field = SimpleLogger.class.getDeclaredField("currentLogLevel");
      field.setAccessible(true);
      int old = field.getInt(logger);
      field.setInt(logger, level);
      return old;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("slf4j-simple keeps its levels elsewhere now.", e);
    }
  }
}
