/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.model.ChatEvent;
import java.util.function.Consumer;

/**
 * The text of one choice, whose beginning may be reasoning between tags. Confined to one call.
 *
 * <p>A piece of a tag is held back until it is known to be one, and up to {@value #MOST_BLANKS}
 * blanks with it; blanks around a tag are dropped.
 */
final class TaggedText {

  private static final String OPENING = "<think>";
  private static final String CLOSING = "</think>";
  private static final int MOST_BLANKS = 16;

  private enum Place {
    BEGINNING,
    BEHIND_OPENING,
    IN_REASONING,
    BEHIND_CLOSING,
    IN_TEXT
  }

  private final int choice;
  private final boolean isOpened;
  private final StringBuilder held = new StringBuilder();
  private Place place = Place.BEGINNING;

  /** The text of a choice; {@code isOpened} is whether it begins behind the opening tag. */
  TaggedText(int choice, boolean isOpened) {
    this.choice = choice;
    this.isOpened = isOpened;
  }

  void add(String text, Consumer<ChatEvent> events) {
    held.append(text);
    if (place == Place.BEGINNING) {
      begin();
    }
    if (place == Place.BEHIND_OPENING) {
      dropBlanks(Place.IN_REASONING);
    }
    if (place == Place.IN_REASONING) {
      reason(events);
    }
    if (place == Place.BEHIND_CLOSING) {
      dropBlanks(Place.IN_TEXT);
    }
    if (place == Place.IN_TEXT) {
      tell(held.length(), events);
    }
  }

  /** Tells what is held back: no tag comes of it any more. */
  void flush(Consumer<ChatEvent> events) {
    if (place == Place.BEGINNING && !held.isEmpty()) {
      place = isOpened ? Place.IN_REASONING : Place.IN_TEXT;
    }
    tell(held.length(), events);
  }

  private void begin() {
    int blanks = 0;
    while (blanks < held.length() && blanks < MOST_BLANKS && isBlank(blanks)) {
      blanks++;
    }
    if (held.indexOf(OPENING, blanks) == blanks) {
      held.delete(0, blanks + OPENING.length());
      place = Place.BEHIND_OPENING;
    } else if (!OPENING.startsWith(held.substring(blanks))) {
      place = isOpened ? Place.BEHIND_OPENING : Place.IN_TEXT;
    }
  }

  private void dropBlanks(Place next) {
    while (!held.isEmpty() && isBlank(0)) {
      held.deleteCharAt(0);
    }
    place = held.isEmpty() ? place : next;
  }

  private void reason(Consumer<ChatEvent> events) {
    int closing = held.indexOf(CLOSING);
    if (closing < 0) {
      tell(beforeBlanks(startOfTag()), events);
      return;
    }
    int end = beforeBlanks(closing);
    tell(end, events);
    held.delete(0, closing - end + CLOSING.length());
    place = Place.BEHIND_CLOSING;
  }

  /** Where a closing tag may have begun; the end of what is held if none has. */
  private int startOfTag() {
    int start = Math.max(0, held.length() - CLOSING.length() + 1);
    while (!CLOSING.startsWith(held.substring(start))) {
      start++;
    }
    return start;
  }

  private int beforeBlanks(int end) {
    int start = end;
    while (start > 0 && end - start < MOST_BLANKS && isBlank(start - 1)) {
      start--;
    }
    return start;
  }

  private boolean isBlank(int index) {
    return Character.isWhitespace(held.charAt(index));
  }

  private void tell(int end, Consumer<ChatEvent> events) {
    if (end > 0) {
      String told = held.substring(0, end);
      held.delete(0, end);
      events.accept(
          place == Place.IN_REASONING
              ? new ChatEvent.ReasoningDelta(choice, told)
              : new ChatEvent.TextDelta(choice, told));
    }
  }
}
