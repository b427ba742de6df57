/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.examples.ledger.Hash;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerEntry.State;
import io.github.llmcamel.examples.ledger.Question;
import io.github.llmcamel.examples.ledger.Spending;
import io.github.llmcamel.otel.LlmTelemetry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one document on its way through the stages. Travels as a property of its
 * exchange, which copies of the exchange share. Thread-safe.
 */
public final class DocumentStages {

  private static final String PROPERTY = "CamelLlmDocumentStages";

  private final String document;
  private volatile @Nullable String contentHash;
  private final Instant begun = Instant.now();
  private final Map<String, Map<String, StageResult>> results = new LinkedHashMap<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final Map<String, LedgerEntry> entries = new LinkedHashMap<>();
  private @Nullable LedgerEntry last;

  /** As long as somebody has the failure. */
  private final Map<Throwable, LedgerEntry> failures = new WeakHashMap<>();

  private DocumentStages(String document) {
    this.document = document;
  }

  /** From here on, the exchange is about this document. */
  public static DocumentStages begin(Exchange exchange, String document) {
    DocumentStages begun = new DocumentStages(document);
    exchange.setProperty(PROPERTY, begun);
    return begun;
  }

  /** The document that an exchange is about; null if about none. */
  public static @Nullable DocumentStages of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, DocumentStages.class);
  }

  /** What tells the document from all others. */
  public String document() {
    return document;
  }

  /** The text of the document is known. */
  public void hasText(String text) {
    contentHash = Hash.sha256(text);
  }

  /** SHA-256 of the text, in hex; null before it is known. */
  public @Nullable String contentHash() {
    return contentHash;
  }

  /**
   * The answer that a document has failed with, fit or not: that of the stage that has failed, else
   * the last one; null if there is none.
   */
  public synchronized @Nullable String lastAnswer(Exchange exchange) {
    LedgerEntry blamed = blamed(exchange);
    return blamed == null ? null : blamed.result();
  }

  /** By stage, in the order in which they first ended. */
  public synchronized Map<String, StageResult> results() {
    Map<String, StageResult> stages = new LinkedHashMap<>();
    results.forEach(
        (stage, parts) ->
            stages.put(stage, parts.values().stream().reduce(StageResult::plus).orElseThrow()));
    return stages;
  }

  /**
   * What no ledger has yet of the stages that ask about the document as a whole, in the order they
   * ended.
   */
  public synchronized List<LedgerEntry> entries() {
    return entries.values().stream().filter(entry -> entry.part().isEmpty()).toList();
  }

  /**
   * The answer to a question of this document, for a call that is repeated; empty if there is none,
   * or a ledger has it.
   */
  synchronized Optional<LedgerEntry> answer(String stage, String part, String requestHash) {
    return Optional.ofNullable(entries.get(LedgerEntry.key(stage, part)))
        .filter(entry -> entry.question().isSame(requestHash));
  }

  /**
   * The entries of a document whose way has ended: that of the whole, and, if it has failed, that
   * of the stage whose failure it is, else of the one that was asked last.
   *
   * @param reason why it failed; null if it did not
   * @param result what is kept of it as a whole; null if nothing is
   */
  public synchronized List<LedgerEntry> ended(
      Exchange exchange, @Nullable String reason, @Nullable String result) {
    List<LedgerEntry> ended = new ArrayList<>();
    LedgerEntry blamed = blamed(exchange);
    if (reason != null && blamed != null) {
      LedgerEntry failed = blamed.failed(reason);
      entries.remove(failed.key());
      ended.add(failed);
    }
    ended.add(
        new LedgerEntry(
            document,
            LedgerEntry.WHOLE,
            "",
            new Question(contentHash, null, PipelineVersion.of(exchange.getContext()).text(), null),
            reason == null ? State.DONE : State.FAILED,
            results().values().stream().mapToInt(StageResult::calls).sum(),
            begun,
            results().values().stream()
                .flatMap(stage -> stage.answers().stream())
                .reduce(Spending::plus)
                .orElse(Spending.time(0)),
            null,
            exchange.getProperty(LlmTelemetry.TRACE_ID, String.class),
            reason,
            result));
    return ended;
  }

  /** Of pieces that are worked on at once, the last one need not be the one that has failed. */
  private @Nullable LedgerEntry blamed(Exchange exchange) {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    for (Throwable failure : ObjectHelper.createExceptionIterable(caught)) {
      LedgerEntry entry = failures.get(failure);
      if (entry != null) {
        return entry;
      }
    }
    return last;
  }

  /** Where a document ends with this failure, it is that of this stage. */
  synchronized void blame(LedgerEntry entry, Throwable failure) {
    failures.put(failure, entry);
  }

  /** What fails from now on is not the fault of the stage before. */
  synchronized void enterStage() {
    last = null;
  }

  /** Counts an attempt, and returns how many that makes with those of earlier runs. */
  synchronized int attempt(String key, int earlier) {
    return attempts.merge(key, earlier + 1, (before, first) -> before + 1);
  }

  /** A stage has been answered, or asked in vain. */
  synchronized void add(LedgerEntry entry, boolean isReused) {
    last = entry;
    Map<String, StageResult> parts =
        results.computeIfAbsent(entry.stage(), stage -> new LinkedHashMap<>());
    // What is repeated finds what it has asked before.
    if (!isReused || !parts.containsKey(entry.part())) {
      parts.put(entry.part(), StageResult.of(entry, isReused));
    }
    if (entry.state() == State.DONE && !isReused) {
      entries.put(entry.key(), entry);
    }
  }

  /** A ledger has these. */
  synchronized void forget(List<LedgerEntry> kept) {
    kept.forEach(entry -> entries.remove(entry.key(), entry));
  }
}
