/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import java.util.regex.Pattern;

/** Ids for the calls that the provider leaves without one. */
final class CallIds {

  private static final Pattern MADE_HERE = Pattern.compile("call_\\d+_\\d+");

  private CallIds() {}

  static String make(int choice, int position) {
    return "call_" + choice + "_" + position;
  }

  /** Whether the provider does not know the id, so that it must not be sent. */
  static boolean isMadeHere(String id) {
    return MADE_HERE.matcher(id).matches();
  }
}
