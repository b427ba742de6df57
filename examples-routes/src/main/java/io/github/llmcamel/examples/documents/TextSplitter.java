/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.Reader;
import java.io.StringReader;
import java.util.Iterator;

/**
 * Cuts a text into pieces that a model can read, each a part of the text without the white space
 * around it, and none longer than a number of tokens.
 *
 * <p>Tokens are those of OpenAI's models since GPT-4o. Other models count differently, mostly by
 * less than a third: leave them that much room. Thread-safe; a step of a route is {@code
 * .split().method(splitter, "split").streaming()}.
 */
public final class TextSplitter {

  private static final int FEWEST_TOKENS = 16;
  private static final Encoding TOKENS =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  /** Where a piece may end. */
  public enum Cut {
    /** After the last word that fits. */
    WORD,
    /**
     * After the last paragraph that fits. Where that would leave more than half of the piece empty,
     * after the last line, else the last sentence, else the last word that fits.
     */
    PARAGRAPH
  }

  private final Cut cut;
  private final int maxTokens;
  private final int overlapTokens;

  /**
   * @param maxTokens how long a piece is at most; at least 16
   * @param overlapTokens how much of its end a piece has in common with the next one, at most; not
   *     more than half of {@code maxTokens}; 0 for none
   * @throws IllegalArgumentException if one of the two is out of range
   */
  public TextSplitter(Cut cut, int maxTokens, int overlapTokens) {
    if (maxTokens < FEWEST_TOKENS) {
      throw new IllegalArgumentException(
          "maxTokens is %d; it must be at least %d.".formatted(maxTokens, FEWEST_TOKENS));
    }
    if (overlapTokens < 0 || overlapTokens > maxTokens / 2) {
      throw new IllegalArgumentException(
          "overlapTokens is %d; it must be between 0 and half of maxTokens, which is %d."
              .formatted(overlapTokens, maxTokens / 2));
    }
    this.cut = cut;
    this.maxTokens = maxTokens;
    this.overlapTokens = overlapTokens;
  }

  /** The pieces of a text, in order. None if it is blank. */
  public Iterator<String> split(String text) {
    return split(new StringReader(text));
  }

  /**
   * The pieces of a text of any length, in order; no more than one of them is in memory. {@code
   * hasNext} reads, and throws an {@link java.io.UncheckedIOException} if it cannot. The caller
   * closes {@code text}.
   */
  public Iterator<String> split(Reader text) {
    // A word is less than a piece, so that without the space before it, it still is none too many.
    Words words = new Words(text, TextSplitter::tokens, maxTokens / 2);
    return new Pieces(words, cut, maxTokens, overlapTokens);
  }

  /** How long a text is. */
  public static int tokens(String text) {
    return TOKENS.countTokensOrdinary(text);
  }
}
