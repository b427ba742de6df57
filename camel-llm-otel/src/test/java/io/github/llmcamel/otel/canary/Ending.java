/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.canary;

import io.github.llmcamel.component.LlmStream;
import io.github.llmcamel.otel.testkit.Mode;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * A way for a call to end.
 *
 * @param options of the endpoint, that lead there
 * @param modes in which it can happen
 * @param next what the route does with the answer
 * @param script what the server does
 */
record Ending(String name, String options, Set<Mode> modes, Processor next, Consumer<Play> script) {

  /** In options, what its server's URL is without the scheme. */
  static final String ITS_SERVER = "ITS_SERVER";

  private static final String CHAT = "&bodyFormat=openai";

  /** An ending of every mode, of a route that reads its answer to the end. */
  static Ending of(String name, Consumer<Play> script) {
    return new Ending(name, CHAT, EnumSet.allOf(Mode.class), Ending::read, script);
  }

  /** An ending of a call for embeddings. */
  static Ending ofEmbeddings(String name, Consumer<Play> script) {
    return new Ending(name, "&operation=embeddings", EnumSet.of(Mode.WHOLE), Ending::read, script);
  }

  /** An ending of live answers alone, of which more has come than waits for a reader. */
  static Ending live(String name, Processor next) {
    return new Ending(
        name,
        CHAT,
        EnumSet.of(Mode.LIVE),
        next,
        play -> play.begin().sendChunk(Bodies.beginning(Mode.LIVE).repeat(100)));
  }

  Ending options(String some) {
    return new Ending(name, options + some, modes, next, script);
  }

  Ending next(Processor other) {
    return new Ending(name, options, modes, other, script);
  }

  Ending without(Mode mode) {
    Set<Mode> fewer = EnumSet.copyOf(modes);
    fewer.remove(mode);
    return new Ending(name, options, fewer, next, script);
  }

  private static void read(Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof LlmStream<?> live) {
      live.forEachRemaining(piece -> {});
    }
  }
}
