/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.distribute.Distribution;
import io.github.llmcamel.examples.documents.RowFields;
import io.github.llmcamel.examples.stages.StageResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {

  private static final BatchSettings SETTINGS = settings("m", true, 4);
  private static final Duration TIME = Duration.ofMillis(12_345);
  private static final StageResult CALL = DocumentResults.call(1_000L, 20L, 0.5, 0.125);

  @TempDir private Path folder;

  @Test
  void aReaderSeesWhatWasDoneForWhomAndWhatItCost() throws IOException {
    String report =
        report(
            SETTINGS,
            DocumentResults.completed(
                "in/a.txt", "log", "It is.", DocumentResults.stages("classify", "extract", CALL)),
            DocumentResults.failed("in/b.txt", "Busy.", Map.of("classify", CALL)));

    assertThat(report)
        .isEqualToNormalizingNewlines(
            """
            # Batch report

            2 documents of in in 12.3 s: 1 done, 1 failed.
            Asked: llm:vllm, model m, streamed answers, 4 documents at a time.

            ## Classes

            | class | documents | input tokens | output tokens | cost | time of a stage |
            | --- | ---: | ---: | ---: | ---: | ---: |
            | log | 1 | 2,000 | 40 | unknown | 0.50 s (0.50 s at most) |
            | all, also failed | 2 | 3,000 | 60 | unknown | 0.50 s (0.50 s at most) |

            ## Stages

            | stage | calls | input tokens | output tokens | cost | time | first token after |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: |
            | classify | 2 | 2,000 | 40 | unknown | 0.50 s (0.50 s at most) | 0.13 s (0.13 s at most) |
            | extract | 1 | 1,000 | 20 | unknown | 0.50 s (0.50 s at most) | 0.13 s (0.13 s at most) |

            ## Failures

            | document | reason |
            | --- | --- |
            | in/b.txt | Busy. |

            ## Documents

            | document | class | summary |
            | --- | --- | --- |
            | in/a.txt | log | It is. |
            """);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "a | b, a \\| b",
        "`a` *b* _c_ ~~d~~, \\`a\\` \\*b\\* \\_c\\_ \\~\\~d\\~\\~",
        "<script> [a](b) ![c](d), \\<script> \\[a](b) !\\[c](d)",
        "a \\| b, a \\\\\\| b",
        "\"a\r\n\n  b\tc\", a b c",
      })
  void whatAModelWritesStaysInItsCellAndIsNoMarkup(String summary, String cell) throws IOException {
    String report =
        report(SETTINGS, DocumentResults.completed("in/a_b.txt", "log", summary, Map.of()));

    assertThat(report.lines()).last().isEqualTo("| in/a\\_b.txt | log | " + cell + " |");
  }

  @Test
  void whatThereIsNoneOfIsSaidInWords() throws IOException {
    assertThat(report(SETTINGS).lines())
        .containsSequence("## Stages", "", "No model was asked.")
        .containsSequence("## Failures", "", "No document failed.")
        .containsSequence("## Documents", "", "No document is done.");
  }

  @Test
  void whatTheConfigurationDecidesIsNotMadeUp() throws IOException {
    BatchSettings settings = settings(null, false, 1);

    assertThat(report(settings))
        .contains("llm:vllm, model of the configuration, whole answers, 1 documents at a time.");
  }

  @Test
  void aRunThatWasStoppedTellsWhatIsLeftAndWhy() throws IOException {
    String report = report(new RunEnd(TIME, 7, "The budget is 9 tokens."), SETTINGS);

    assertThat(report.lines())
        .containsSequence(
            "", "Stopped early: 7 documents are left. The budget is 9 tokens.", "", "## Classes");
    assertThat(report(new RunEnd(TIME, 7, null), SETTINGS))
        .contains("Stopped early: 7 documents are left. The run was told to end.");
  }

  @Test
  void whatEarlierRunsSpentIsInTheSumsAndSaid() throws IOException {
    StageResult call = DocumentResults.call(DocumentResults.spent("0.25", "EUR"));
    Map<String, StageResult> both = new LinkedHashMap<>();
    both.put("classify", call.knownBefore());
    both.put("extract", call);

    assertThat(report(SETTINGS, DocumentResults.completed("in/a.txt", "log", "It is.", both)))
        .contains(
            "1 answers are from an earlier run. They took 15 tokens, 0.25 EUR of these sums.",
            "| all, also failed | 1 | 20 | 10 | 0.5 EUR |",
            "| classify | 1 | 10 | 5 | 0.25 EUR |",
            "| extract | 1 | 10 | 5 | 0.25 EUR |");
  }

  private String report(BatchSettings settings, DocumentResult... all) throws IOException {
    return report(new RunEnd(TIME, 0, null), settings, all);
  }

  private String report(RunEnd end, BatchSettings settings, DocumentResult... all)
      throws IOException {
    Path file = folder.resolve("report.md");
    Totals totals = new Totals();
    try (ResultsFile results = new ResultsFile(folder.resolve("results.jsonl"))) {
      for (DocumentResult result : all) {
        results.append(result);
        totals.add(result);
      }
      Report.write(file, settings, end, totals, results);
    }
    return Files.readString(file);
  }

  @Test
  void whereOthersWorkAsWellItIsSaid() throws IOException {
    Distribution kafka = Distribution.of("kafka:k:9092");

    assertThat(report(settings("m", false, 8, new Sharing(kafka, true))))
        .contains("whole answers, 8 documents at a time, and others by other processes.");
    assertThat(report(settings("m", false, 8, new Sharing(kafka, false))))
        .contains("whole answers, by other processes.");
  }

  private static BatchSettings settings(@Nullable String model, boolean streamed, int atOnce) {
    return settings(model, streamed, atOnce, null);
  }

  private static BatchSettings settings(
      @Nullable String model, boolean streamed, int atOnce, @Nullable Sharing sharing) {
    return new BatchSettings(
        new BatchInputs(List.of("in"), RowFields.WHOLE, new OutFolder(Path.of("out"))),
        false,
        new BatchSettings.Asked("vllm", model, null, null, streamed, null),
        atOnce,
        false,
        new BatchSettings.Limits(null, null, null),
        "jdbc:none",
        false,
        false,
        sharing);
  }
}
