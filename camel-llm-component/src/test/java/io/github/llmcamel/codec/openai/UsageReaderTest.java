/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import static io.github.llmcamel.codec.openai.Wire.DONE;
import static io.github.llmcamel.codec.openai.Wire.data;
import static io.github.llmcamel.codec.openai.Wire.finish;
import static io.github.llmcamel.codec.openai.Wire.stream;
import static io.github.llmcamel.codec.openai.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.codec.Played;
import io.github.llmcamel.model.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // in, out, cached, written, reasoning
        "{'prompt_tokens':3,'completion_tokens':2,'total_tokens':5}|3|2|||",
        "{'prompt_tokens':3,'completion_tokens':0,'total_tokens':3}|3|0|||",
        "{'prompt_tokens':3,'total_tokens':3}|3|0|||",
        "{'prompt_tokens':3,'total_tokens':8}|3|5|||",
        "{'prompt_tokens':3,'total_tokens':2}|3||||",
        "{'prompt_tokens':3}|3||||",
        "{'prompt_tokens':7.0,'completion_tokens':3000000000,'total_tokens':'x'}|7|3000000000|||",
        "{'prompt_tokens':'x','completion_tokens':-1}|||||",
        "{'prompt_tokens':9,'completion_tokens':1,'prompt_tokens_details':"
            + "{'cached_tokens':6,'cache_write_tokens':2}}|9|1|6|2|",
        "{'prompt_tokens':9,'completion_tokens':1,'prompt_tokens_details':"
            + "{'cached_tokens':0,'created_cache_tokens':2}}|9|1|0|2|",
        "{'prompt_tokens':9,'completion_tokens':1,'prompt_tokens_details':null,"
            + "'prompt_cache_hit_tokens':6,'prompt_cache_miss_tokens':3}|9|1|6||",
        "{'prompt_tokens':9,'completion_tokens':1,'cached_tokens':6}|9|1|6||",
        "{'prompt_tokens':9,'completion_tokens':1,'num_cached_tokens':6}|9|1|6||",
        "{'prompt_tokens':9,'completion_tokens':1,'prompt_token_details':"
            + "{'cached_tokens':6}}|9|1|6||",
        "{'prompt_tokens':20,'completion_tokens':5,'total_tokens':125,"
            + "'completion_tokens_details':{'reasoning_tokens':100}}|20|105|||100",
        "{'prompt_tokens':20,'completion_tokens':105,'total_tokens':125,"
            + "'completion_tokens_details':{'reasoning_tokens':100}}|20|105|||100",
        "{'prompt_tokens':20,'completion_tokens':5,'completion_tokens_details':"
            + "{'reasoning_tokens':0}}|20|5|||0"
      })
  void bringsTheCountsOfAllDialectsToOneMeaning(
      String json, Long input, Long output, Long cached, Long written, Long reasoning) {
    assertThat(usage(text("a"), finish("stop"), Wire.usage(json), DONE))
        .isEqualTo(new Usage(input, output, cached, written, reasoning, json.replace('\'', '"')));
  }

  @Test
  void findsThemInTheFinishChunk() {
    Usage usage =
        usage(
            text("a"),
            data(
                "{'choices':[{'index':0,'delta':{'content':'b'},'finish_reason':'length'}],"
                    + "'usage':{'prompt_tokens':5,'completion_tokens':2,'total_tokens':7}}"));

    assertThat(usage.inputTokens()).isEqualTo(5);
    assertThat(usage.outputTokens()).isEqualTo(2);
  }

  @Test
  void findsThemInTheChoice() {
    Usage usage =
        usage(
            text("a"),
            data(
                "{'choices':[{'index':0,'delta':{},'finish_reason':'stop','usage':"
                    + "{'prompt_tokens':8,'completion_tokens':1,'cached_tokens':6}}]}"),
            DONE);

    assertThat(usage.inputTokens()).isEqualTo(8);
    assertThat(usage.cachedInputTokens()).isEqualTo(6);
  }

  @Test
  void findsThemInGroqsOwnMember() {
    Usage usage =
        usage(
            text("a"),
            finish("stop"),
            data(
                "{'choices':[],'usage':null,'x_groq':{'id':'r','usage':"
                    + "{'prompt_tokens':8,'completion_tokens':1}}}"));

    assertThat(usage.outputTokens()).isEqualTo(1);
  }

  @Test
  void takesTheLastOfRunningTotals() {
    String chunk =
        "{'choices':[{'index':0,'delta':{'content':'a'},'finish_reason':%s}],"
            + "'usage':{'prompt_tokens':4,'completion_tokens':%d}}";

    Usage usage =
        usage(
            data(chunk.formatted("null", 1)),
            data(chunk.formatted("null", 2)),
            data(chunk.formatted("'stop'", 3)));

    assertThat(usage.inputTokens()).isEqualTo(4);
    assertThat(usage.outputTokens()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"null", "{}", "'{''prompt_tokens'':0,''completion_tokens'':0,''total_tokens'':0}'"})
  void forgetsNothingWhenALaterChunkSaysNothing(String later) {
    Usage usage = usage(Wire.usage(4, 3), Wire.usage(later), finish("stop"), DONE);

    assertThat(usage.inputTokens()).isEqualTo(4);
    assertThat(usage.outputTokens()).isEqualTo(3);
  }

  @Test
  void isUnknownWhereNoneIsSent() {
    assertThat(usage(text("a"), finish("stop"), DONE)).isEqualTo(Usage.UNKNOWN);
  }

  private static Usage usage(String... pieces) {
    Played played = stream(pieces);
    assertThat(played.failure()).isNull();
    return played.response().usage();
  }
}
