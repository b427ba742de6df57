/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.Citation;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The citations of one choice, each told once: some providers repeat them all in every piece of a
 * stream. Confined to one call.
 */
public final class Citations {

  private final int choice;
  private final Set<Citation> told = new HashSet<>();
  private final Set<@Nullable String> urls = new HashSet<>();

  public Citations(int choice) {
    this.choice = choice;
  }

  /** Tells a citation, unless an equal one has been told. */
  public void tell(Citation citation, Consumer<ChatEvent> events) {
    if (told.add(citation)) {
      urls.add(citation.url());
      events.accept(new ChatEvent.Cited(choice, citation));
    }
  }

  /** Tells a source of the whole answer, unless it has no URL or that has been told. */
  public void tellSource(Citation source, Consumer<ChatEvent> events) {
    if (source.url() != null && !urls.contains(source.url())) {
      tell(source, events);
    }
  }
}
