/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux tells of a process. */
public final class ProcessStatus {

  private final String text;

  private ProcessStatus(String text) {
    this.text = text;
  }

  /**
   * How it is now.
   *
   * @throws IOException if there is no such process
   */
  public static ProcessStatus of(long pid) throws IOException {
    return new ProcessStatus(Files.readString(Path.of("/proc/" + pid + "/status")));
  }

  /**
   * A number such as {@code Threads} or, in KiB, {@code VmHWM}; 0 if it has none, as at its end.
   */
  public long number(String name) {
    Matcher line = Pattern.compile(name + ":\\s+(\\d+)").matcher(text);
    return line.find() ? Long.parseLong(line.group(1)) : 0;
  }
}
