/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import static io.github.llmcamel.codec.anthropic.Row.HI;
import static io.github.llmcamel.codec.anthropic.Wire.START;
import static io.github.llmcamel.codec.anthropic.Wire.STOP;
import static io.github.llmcamel.codec.anthropic.Wire.end;
import static io.github.llmcamel.codec.anthropic.Wire.event;
import static io.github.llmcamel.codec.anthropic.Wire.finish;
import static io.github.llmcamel.codec.anthropic.Wire.start;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UsageReaderTest {

  @ParameterizedTest
  @MethodSource("counts")
  void keepsTheLastOfEachCount(Row row) {
    row.isReadHoweverItsBytesAreCut();
  }

  static List<Row> counts() {
    return List.of(
        new Row(
            "tokens that went through the cache",
            start(
                    "{'input_tokens':3,'cache_read_input_tokens':100,"
                        + "'cache_creation_input_tokens':20,'output_tokens':1}")
                + HI
                + end(),
            "text=hi finish=stop in=123 out=15 cached=100 written=20"),
        new Row(
            "the last of several counts",
            START
                + HI
                + event("message_delta", "'delta':{},'usage':{'output_tokens':5}")
                + finish("end_turn", "{'output_tokens':12}")
                + STOP,
            "text=hi finish=stop in=10 out=12"),
        new Row(
            "an estimate that is corrected",
            START + HI + finish("end_turn", "{'input_tokens':24,'output_tokens':4}") + STOP,
            "text=hi finish=stop in=24 out=4"),
        new Row(
            "zeros for unknown, and the cached tokens at the end",
            start(
                    "{'input_tokens':0,'output_tokens':0,'cache_creation_input_tokens':0,"
                        + "'cache_read_input_tokens':0}")
                + HI
                + finish(
                    "end_turn",
                    "{'input_tokens':1,'output_tokens':16,'cache_read_input_tokens':23}")
                + STOP,
            "text=hi finish=stop in=24 out=16 cached=23"),
        new Row(
            "a prompt that was cached as a whole",
            start("{'input_tokens':0,'cache_read_input_tokens':9,'output_tokens':0}") + HI + end(),
            "text=hi finish=stop in=9 out=15 cached=9"),
        new Row(
            "tokens that were thought",
            START
                + HI
                + finish(
                    "end_turn",
                    "{'output_tokens':30,'output_tokens_details':{'thinking_tokens':25}}")
                + STOP,
            "text=hi finish=stop in=10 out=30 thought=25"),
        new Row(
            "counts that are none",
            start("{'input_tokens':null,'output_tokens':-1,'cache_read_input_tokens':'x'}")
                + HI
                + finish("end_turn", "null")
                + STOP,
            "text=hi finish=stop"));
  }
}
