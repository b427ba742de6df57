/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerRun;
import io.github.llmcamel.examples.ledger.LedgerSummary;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.util.TimeUtils;

/** What {@link StatusCommand} tells: the last run, and what the ledger has of each stage. */
final class StatusReport {

  /** A run tells at least once a second what it has done, if it has done something. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private static final List<String> HEAD =
      List.of(
          "stage", "entries", "done", "failed", "calls", "input tokens", "output tokens", "cost");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final PrintWriter out;
  private final Instant now;
  private final ZoneId zone;

  private StatusReport(PrintWriter out, Clock clock) {
    this.out = out;
    this.now = clock.instant();
    this.zone = clock.getZone();
  }

  /**
   * @param clock tells how long ago things were, and in which zone to show times
   */
  static void print(PrintWriter out, LedgerSummary summary, Clock clock) {
    StatusReport report = new StatusReport(out, clock);
    if (summary.lastRun() == null) {
      out.println("No run has begun.");
    } else {
      report.run(summary.lastRun());
    }
    report.stages(summary.stages());
    out.flush();
  }

  private void run(LedgerRun run) {
    long left = run.documents() - run.seen();
    out.printf("Run:       began %s, %s%n", time(run.startedAt()), state(run, left));
    out.printf(
        Locale.ROOT,
        "Documents: %,d: %,d done, %,d failed, %,d left%s%n",
        run.documents(),
        run.seen() - run.failed(),
        run.failed(),
        left,
        rate(run));
  }

  private String state(LedgerRun run, long left) {
    Instant end = run.endedAt();
    if (end != null) {
      return "%s %s, after %s"
          .formatted(left == 0 ? "ended" : "stopped early", time(end), time(run.startedAt(), end));
    }
    String silence = time(run.updatedAt(), now);
    return Duration.between(run.updatedAt(), now).compareTo(SILENCE) <= 0
        ? "running, last heard of %s ago".formatted(silence)
        : "not heard of for %s: killed, or a document takes long, or none arrives"
            .formatted(silence);
  }

  private static String rate(LedgerRun run) {
    double seconds = Duration.between(run.startedAt(), run.updatedAt()).toMillis() / 1000.0;
    return run.seen() == 0 || seconds <= 0
        ? ""
        : String.format(Locale.ROOT, "; %,.1f per minute", run.seen() / seconds * 60);
  }

  private String time(Instant instant) {
    return TIME.format(instant.atZone(zone));
  }

  private static String time(Instant from, Instant to) {
    Duration time = Duration.between(from, to);
    return TimeUtils.printDuration(time.isNegative() ? Duration.ZERO : time, false);
  }

  private void stages(List<LedgerSummary.Sum> sums) {
    Map<String, StageSum> stages = new LinkedHashMap<>();
    for (LedgerSummary.Sum sum : sums) {
      // The documents as a whole would count everything twice.
      if (!sum.stage().equals(LedgerEntry.WHOLE)) {
        stages.computeIfAbsent(sum.stage(), stage -> new StageSum()).add(sum);
      }
    }
    if (stages.isEmpty()) {
      out.println("No stage has been asked yet.");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    stages.forEach((stage, sum) -> rows.add(sum.row(stage)));
    out.println();
    rows.forEach(row -> out.println(line(row, rows)));
  }

  /** Names to the left, numbers to the right. */
  private static String line(List<String> row, List<List<String>> rows) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = rows.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
      String format = i == 0 ? "%-" + width + "s" : "  %" + width + "s";
      line.append(format.formatted(row.get(i)));
    }
    return line.toString();
  }
}
