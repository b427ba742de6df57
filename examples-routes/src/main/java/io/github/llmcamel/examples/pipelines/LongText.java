/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.pipelines;

import io.github.llmcamel.examples.documents.Document;
import io.github.llmcamel.examples.documents.DocumentLimits;
import io.github.llmcamel.examples.documents.DocumentPieces;
import io.github.llmcamel.examples.documents.TextSplitter;
import io.github.llmcamel.examples.documents.UnreadableDocumentException;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Steps of a route that makes a long text short: it is cut into pieces, and the answers about them
 * become the text. In memory are the answers, and the pieces that are asked about.
 *
 * <p>The text is a {@link String}, or the text of a {@link Document}, which may have any length.
 */
public final class LongText implements AggregationStrategy {

  private static final String ANSWERS = "CamelLlmAnswersOfPieces";
  private static final String ROUNDS = "CamelLlmRoundsOfText";

  private final TextSplitter splitter;
  private final DocumentPieces pieces;
  private final int maxTokens;
  private final int maxRounds;
  private final Semaphore free;

  /**
   * @param cut a name of {@link TextSplitter.Cut}
   * @param maxTokens of a piece, and of a text that is short
   * @param maxRounds how often a text is cut at most
   * @param parallel how many pieces are asked about at once, of all texts together
   * @throws IllegalArgumentException as {@link TextSplitter#TextSplitter}
   */
  public LongText(String cut, int maxTokens, int overlapTokens, int maxRounds, int parallel) {
    this.splitter = new TextSplitter(TextSplitter.Cut.valueOf(cut), maxTokens, overlapTokens);
    this.pieces = new DocumentPieces(splitter, DocumentLimits.DEFAULT);
    this.maxTokens = maxTokens;
    this.maxRounds = maxRounds;
    this.free = new Semaphore(parallel, true);
  }

  /** A text has come in that was not cut yet, or is to be cut from the beginning. */
  public void begin(Exchange exchange) {
    exchange.setProperty(ROUNDS, 0);
  }

  /**
   * Whether the text has to be cut, once more.
   *
   * @param rounds that have gone well. Camel's own count may be that of a loop around this one, and
   *     it asks after a round that has failed, too.
   * @throws BadAnswerException if it was cut often enough
   */
  public boolean isTooLong(@Body Object text, @ExchangeProperty(ROUNDS) int rounds)
      throws BadAnswerException {
    int tokens = text instanceof String known ? TextSplitter.tokens(known) : Integer.MAX_VALUE;
    if (tokens <= maxTokens) {
      return false;
    }
    if (rounds >= maxRounds) {
      throw new BadAnswerException(
          "After %d rounds the answers about the pieces still have %,d tokens; maxInputTokens is %,d."
              .formatted(maxRounds, tokens, maxTokens));
    }
    return true;
  }

  /**
   * The pieces, in order; read while they are asked for.
   *
   * @throws UnreadableDocumentException as {@link DocumentPieces#split}
   */
  public Iterator<String> split(@Body Object text) throws UnreadableDocumentException {
    return text instanceof Document document
        ? pieces.split(document)
        : splitter.split(text.toString());
  }

  /**
   * Waits until a piece may be asked about; so long, no further one is cut. It waits on a thread of
   * the splitter, of which a text has one. (Camel's own throttle forgets who is under way ten
   * seconds after somebody has left: models take longer.)
   */
  public void enter(Exchange piece) throws InterruptedException {
    free.acquire();
    piece
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                free.release();
              }
            });
  }

  /** Keeps the answers by their pieces: they arrive in any order. */
  @Override
  public Exchange aggregate(@Nullable Exchange none, Exchange piece, Exchange whole) {
    if (none == null) {
      whole.setProperty(ANSWERS, new TreeMap<Integer, String>());
    }
    answers(whole)
        .put(
            piece.getProperty(ExchangePropertyKey.SPLIT_INDEX, Integer.class),
            piece.getMessage().getBody(String.class));
    return whole;
  }

  @Override
  public Exchange aggregate(@Nullable Exchange none, Exchange piece) {
    throw new UnsupportedOperationException("Camel hands over the whole as well.");
  }

  /** The answers become the text. */
  @Override
  public void onCompletion(@Nullable Exchange whole, Exchange original) {
    if (whole == original) {
      original.getMessage().setBody(String.join("\n\n", answers(original).values()));
      original.removeProperty(ANSWERS);
      original.setProperty(ROUNDS, original.getProperty(ROUNDS, Integer.class) + 1);
    }
  }

  /**
   * The reason why a piece failed takes the place of Camel's, which says which piece it was: error
   * handlers look at the reason.
   */
  public void fail(@ExchangeException Exception ofSplit, Exchange exchange) {
    Throwable reason = ofSplit.getCause();
    exchange.setException(reason == null ? ofSplit : reason);
  }

  @SuppressWarnings("unchecked") // nobody else has the property
  private static SortedMap<Integer, String> answers(Exchange whole) {
    return whole.getProperty(ANSWERS, SortedMap.class);
  }
}
