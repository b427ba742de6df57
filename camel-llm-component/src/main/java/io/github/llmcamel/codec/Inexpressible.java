/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.provider.Destination;
import java.util.ArrayList;
import java.util.List;

/**
 * Parameters of one request that its protocol or provider does not have: refused, or dropped and
 * remembered where the user prefers that. Confined to one call.
 */
public final class Inexpressible {

  private final Destination destination;
  private final List<String> dropped = new ArrayList<>();

  public Inexpressible(Destination destination) {
    this.destination = destination;
  }

  /**
   * A parameter cannot be sent; returns if it is to be left out.
   *
   * @param parameter as the user calls it
   * @param problemAndCure completes a sentence that begins with it
   * @throws LlmRequestException unless the destination is lenient
   */
  public void refuse(String parameter, String problemAndCure) throws LlmRequestException {
    if (!destination.lenientParameters()) {
      throw UnwritableRequest.because(destination, parameter + " " + problemAndCure);
    }
    dropped.add(parameter);
  }

  /** The names of what was left out. */
  public List<String> dropped() {
    return List.copyOf(dropped);
  }
}
