/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.transport.HttpSettings;

/**
 * A call to be made: what is asked, of whom, how the answer travels and is read, and within which
 * limits and over which connections.
 *
 * @param request its model is set, unless it asks for a list of models
 * @param delivery only a chat is ever streamed
 * @param admission is asked before each call that is made for it
 */
public record ModelCall(
    ModelRequest request,
    Delivery delivery,
    Destination destination,
    CallLimits limits,
    HttpSettings http,
    Reading reading,
    Admission admission) {

  /** A call whose answer is read as any other. */
  public ModelCall(
      ModelRequest request,
      Delivery delivery,
      Destination destination,
      CallLimits limits,
      HttpSettings http) {
    this(request, delivery, destination, limits, http, Reading.DEFAULT);
  }

  /** A call that may be made. */
  public ModelCall(
      ModelRequest request,
      Delivery delivery,
      Destination destination,
      CallLimits limits,
      HttpSettings http,
      Reading reading) {
    this(request, delivery, destination, limits, http, reading, Admission.FREE);
  }

  /** The same call, if it is admitted. */
  public ModelCall admittedBy(Admission gate) {
    return new ModelCall(request, delivery, destination, limits, http, reading, gate);
  }

  /** The same call for another part of what is asked. */
  ModelCall with(ModelRequest part) {
    return new ModelCall(part, delivery, destination, limits, http, reading, admission);
  }

  /** The same call, whose answer travels in one piece. */
  ModelCall inOnePiece() {
    return new ModelCall(request, Delivery.WHOLE, destination, limits, http, reading, admission);
  }
}
