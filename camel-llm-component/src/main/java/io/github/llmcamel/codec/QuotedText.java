/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.util.BitSet;

/**
 * A text of a provider's, in which quotations of other texts are found and masked. What is compared
 * is {@link BareText}. Mutable, confined to one thread.
 *
 * <p>The other texts may be long, so each is read once and without a copy: a rolling hash over
 * {@value #WINDOW} characters is looked up among those of this text.
 */
final class QuotedText {

  /** The longest text that is looked into; the rest is dropped. */
  static final int LONGEST = 16 * 1024;

  private static final String MASK = "***";

  /** Shorter texts and stretches would hit ordinary words. */
  private static final int SHORTEST_TEXT = 8;

  private static final int SHORTEST_BARE_TEXT = 6;
  private static final int SHORTEST_STRETCH = 32;

  /** What may lie between two parts of one quotation, such as an escape that nobody knows. */
  private static final int LONGEST_GAP = 8;

  private static final int WINDOW = 16;
  private static final int BEGINNING = 16;
  private static final long BASE = 0x9E37_79B9_7F4A_7C15L;
  private static final long POWER = power();

  private final String text;
  private final boolean cut;
  private final String bare;
  private final int[] starts;
  private final int[] ends;

  /** An open hash table of the windows of this text; 0 is a free place. */
  private final long[] windows;

  /** The first bits of each window: most others are told from them without the table. */
  private final BitSet beginnings = new BitSet(1 << BEGINNING);

  private final BitSet found = new BitSet();
  private final BitSet hidden = new BitSet();

  QuotedText(String whole) {
    this.cut = whole.length() > LONGEST;
    this.text = cut ? whole.substring(0, LONGEST) : whole;
    this.starts = new int[text.length()];
    this.ends = new int[text.length()];
    this.bare = bare(text);
    locate();
    this.windows = new long[Integer.highestOneBit(4 * Math.max(bare.length(), 1))];
    eachWindow(
        (position, window) -> {
          windows[place(window)] = window;
          beginnings.set(beginning(window));
        });
  }

  /** Looks for a text, whole if it has 8 characters, and for any 32 of its characters. */
  void hide(String quoted) {
    int length = hideStretches(quoted);
    if (length < SHORTEST_STRETCH
        && length >= SHORTEST_BARE_TEXT
        && quoted.strip().length() >= SHORTEST_TEXT) {
      hideWhole(bare(quoted));
    }
  }

  /** Looks for any 32 characters of a text; returns how many of all of them are compared. */
  int hideStretches(String quoted) {
    BareText reader = new BareText(quoted);
    long[] last = new long[WINDOW];
    long window = 0;
    int length = 0;
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      int oldest = length & (WINDOW - 1);
      window = window * BASE + (c - last[oldest]);
      last[oldest] = c * POWER;
      length++;
      if (beginnings.get(beginning(window))) {
        int place = place(window);
        if (windows[place] != 0) {
          found.set(place);
        }
      }
    }
    return length;
  }

  /** The text with {@code ***} in place of every quotation. */
  String masked() {
    markStretches();
    if (cut) {
      // A quotation may begin here and be too short to be known, since its rest was dropped.
      hidden.set(text.length() - SHORTEST_STRETCH, text.length());
    }
    StringBuilder masked = new StringBuilder();
    int kept = 0;
    for (int at = hidden.nextSetBit(0); at >= 0; at = hidden.nextSetBit(kept)) {
      masked.append(text, kept, at).append(MASK);
      kept = hidden.nextClearBit(at);
    }
    return masked.append(text, kept, text.length()).toString();
  }

  private void markStretches() {
    BitSet covered = new BitSet();
    eachWindow(
        (position, window) -> {
          if (found.get(place(window))) {
            covered.set(starts[position], ends[position + WINDOW - 1]);
          }
        });
    int end;
    for (int start = covered.nextSetBit(0); start >= 0; start = covered.nextSetBit(end)) {
      end = covered.nextClearBit(start);
      int next = covered.nextSetBit(end);
      while (next >= 0 && next - end <= LONGEST_GAP) {
        end = covered.nextClearBit(next);
        next = covered.nextSetBit(end);
      }
      if (end - start >= SHORTEST_STRETCH) {
        hidden.set(start, end);
      }
    }
  }

  private void hideWhole(String quoted) {
    for (int at = bare.indexOf(quoted); at >= 0; at = bare.indexOf(quoted, at + 1)) {
      int start = starts[at];
      int end = ends[at + quoted.length() - 1];
      if (!isInsideAWord(start) && !isInsideAWord(end)) {
        hidden.set(start, end);
      }
    }
  }

  private boolean isInsideAWord(int at) {
    return at > 0
        && at < text.length()
        && Character.isLetterOrDigit(text.charAt(at - 1))
        && Character.isLetterOrDigit(text.charAt(at));
  }

  private static String bare(String text) {
    BareText reader = new BareText(text);
    StringBuilder characters = new StringBuilder(text.length());
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      characters.append((char) c);
    }
    return characters.toString();
  }

  private void locate() {
    BareText reader = new BareText(text);
    for (int i = 0; reader.read() >= 0; i++) {
      starts[i] = reader.start();
      ends[i] = reader.end();
    }
  }

  private void eachWindow(Windows each) {
    long window = 0;
    for (int i = 0; i < bare.length(); i++) {
      long oldest = i < WINDOW ? 0 : bare.charAt(i - WINDOW);
      window = window * BASE + (bare.charAt(i) - oldest * POWER);
      if (i >= WINDOW - 1) {
        each.at(i - WINDOW + 1, window);
      }
    }
  }

  /** Where a window is in the table, or would be. */
  private int place(long window) {
    int mask = windows.length - 1;
    int place = (int) (window >>> 16) & mask;
    while (windows[place] != 0 && windows[place] != window) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private static int beginning(long window) {
    return (int) (window >>> (Long.SIZE - BEGINNING));
  }

  private static long power() {
    long power = 1;
    for (int i = 0; i < WINDOW; i++) {
      power *= BASE;
    }
    return power;
  }

  /** Hears of every window of this text, in order. */
  @FunctionalInterface
  private interface Windows {
    void at(int position, long window);
  }
}
