/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/**
 * A splitter or a loop: what is inside sees a document several times, and stages there are to tell
 * its parts from each other. Camel knows the number within the innermost block alone, and leaves it
 * on the exchange when that has ended.
 */
final class Block extends DelegateAsyncProcessor {

  private static final String PLACE = "CamelLlmBlock";

  private final ExchangePropertyKey number;

  private Block(Processor node, ExchangePropertyKey number) {
    super(node);
    this.number = number;
  }

  /** The node as a block; the node itself if it is none. */
  static Processor of(Processor node, NamedNode definition) {
    if (definition instanceof SplitDefinition) {
      return new Block(node, ExchangePropertyKey.SPLIT_INDEX);
    }
    return definition instanceof LoopDefinition
        ? new Block(node, ExchangePropertyKey.LOOP_INDEX)
        : node;
  }

  /**
   * Which part of its document an exchange is about: the numbers of its pieces and rounds, from the
   * outermost block to the innermost, such as {@code 3.0} or {@code round 2.3}; empty outside of
   * blocks.
   */
  static String partOf(Exchange exchange) {
    Place place = exchange.getProperty(PLACE, Place.class);
    return place == null ? "" : place.part(exchange);
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Place outer = exchange.getProperty(PLACE, Place.class);
    Object outerNumber = outer == null ? null : exchange.getProperty(outer.number());
    exchange.setProperty(PLACE, new Place(partOf(exchange), number));
    return super.process(
        exchange,
        doneSync -> {
          leave(exchange, outer, outerNumber);
          callback.done(doneSync);
        });
  }

  private static void leave(
      Exchange exchange, @Nullable Place outer, @Nullable Object outerNumber) {
    if (outer == null) {
      exchange.removeProperty(PLACE);
    } else {
      exchange.setProperty(PLACE, outer);
      exchange.setProperty(outer.number(), outerNumber);
    }
  }

  /**
   * The block that an exchange is in.
   *
   * @param around the part that has come in
   * @param number the property that says which piece or round of it
   */
  private record Place(String around, ExchangePropertyKey number) {

    String part(Exchange exchange) {
      Integer index = exchange.getProperty(number, Integer.class);
      String inner = number == ExchangePropertyKey.LOOP_INDEX ? "round " + index : "" + index;
      return around.isEmpty() ? inner : around + "." + inner;
    }
  }
}
