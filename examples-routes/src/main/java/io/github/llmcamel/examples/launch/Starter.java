/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.launch;

import org.apache.camel.PropertyBindingException;
import org.apache.camel.main.Main;

/** Starts Camel for an example. */
public final class Starter {

  private Starter() {}

  /**
   * Starts.
   *
   * @throws CannotStartException if it cannot; its message is the reason alone
   */
  public static void start(Main main) throws CannotStartException {
    try {
      main.start();
    } catch (Exception e) {
      throw new CannotStartException(reason(e), e);
    }
  }

  /**
   * What is wrong with a provider or its configuration is the last cause of a long story. Where
   * Camel quotes the value of a property that it does not know, it is left out: it may be a key
   * whose name is misspelt.
   */
  public static String reason(Throwable failure) {
    Throwable reason = failure;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    return reason instanceof PropertyBindingException property && property.getOptionPrefix() != null
        ? "%s.%s: There is no such option, or its value cannot be read. Correct it, or remove it."
            .formatted(property.getOptionPrefix().replaceFirst("\\.$", ""), property.getOptionKey())
        : withoutValues(String.valueOf(reason.getMessage()));
  }

  static String withoutValues(String message) {
    return message
        .replaceAll(" with value: \\S+", "")
        .replaceAll("(\\w+://[^\\s?]*)\\?\\S+", "$1")
        .replaceAll("\\((camel\\.[^=\\s)]+)=[^)]*\\)", "($1)")
        .replaceAll("([{,] ?[\\w.\\[\\]-]+)=[^,}]*", "$1");
  }
}
