/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import io.github.llmcamel.examples.documents.TextSplitter.Cut;
import io.github.llmcamel.examples.documents.Word.End;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Fills pieces with words. Confined to one thread; holds the words of one piece. */
final class Pieces implements Iterator<String> {

  private final Words words;
  private final Cut cut;
  private final int maxTokens;
  private final int overlapTokens;

  /** Begins with what the piece before has in common with it. */
  private final List<Word> piece = new ArrayList<>();

  private int overlap;
  private int tokens;
  private @Nullable Word left;
  private boolean ended;
  private @Nullable String next;

  Pieces(Words words, Cut cut, int maxTokens, int overlapTokens) {
    this.words = words;
    this.cut = cut;
    this.maxTokens = maxTokens;
    this.overlapTokens = overlapTokens;
  }

  @Override
  public boolean hasNext() {
    try {
      while (next == null && !(ended && piece.size() == overlap)) {
        next = fill();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return next != null;
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    String found = String.valueOf(next);
    next = null;
    return found;
  }

  /** The next piece; null if it would be white space alone. */
  private @Nullable String fill() throws IOException {
    Word word = left != null ? left : words.next();
    while (word != null && fits(word)) {
      piece.add(word);
      tokens += word.tokens();
      word = words.next();
    }
    left = word;
    ended = word == null;
    return take(ended || cut == Cut.WORD ? piece.size() : bestEnd());
  }

  private boolean fits(Word word) {
    while (piece.size() == overlap && overlap > 0 && tokens + word.tokens() > maxTokens) {
      drop(1);
      overlap--;
    }
    return tokens + word.tokens() <= maxTokens;
  }

  private void drop(int count) {
    List<Word> first = piece.subList(0, count);
    first.forEach(word -> tokens -= word.tokens());
    first.clear();
  }

  /** After how many words most ends, of those that leave the piece at least half full. */
  private int bestEnd() {
    int best = piece.size();
    int before = tokens;
    for (int count = piece.size(); count > overlap && before >= maxTokens / 2; count--) {
      if (endAt(count).compareTo(endAt(best)) > 0) {
        best = count;
      }
      before -= piece.get(count - 1).tokens();
    }
    return best;
  }

  private End endAt(int count) {
    return piece.get(count - 1).end();
  }

  private @Nullable String take(int most) {
    int count = most;
    String text = text(count);
    // Words next to each other may be more tokens than each alone, though rarely.
    while (TextSplitter.tokens(text) > maxTokens) {
      if (count == overlap + 1) {
        drop(1);
        overlap--;
      }
      count--;
      text = text(count);
    }
    keepOverlap(count);
    return text.isEmpty() ? null : text;
  }

  private String text(int count) {
    StringBuilder text = new StringBuilder();
    piece.subList(0, count).forEach(word -> text.append(word.text()));
    return text.toString().strip();
  }

  private void keepOverlap(int count) {
    int start = count;
    int shared = 0;
    while (start > 1 && shared + piece.get(start - 1).tokens() <= overlapTokens) {
      start--;
      shared += piece.get(start).tokens();
    }
    drop(start);
    overlap = count - start;
  }
}
