/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import static io.github.llmcamel.codec.anthropic.Row.HI;
import static io.github.llmcamel.codec.anthropic.Row.HI_TO_THE_END;
import static io.github.llmcamel.codec.anthropic.Wire.START;
import static io.github.llmcamel.codec.anthropic.Wire.STOP;
import static io.github.llmcamel.codec.anthropic.Wire.arguments;
import static io.github.llmcamel.codec.anthropic.Wire.call;
import static io.github.llmcamel.codec.anthropic.Wire.close;
import static io.github.llmcamel.codec.anthropic.Wire.delta;
import static io.github.llmcamel.codec.anthropic.Wire.end;
import static io.github.llmcamel.codec.anthropic.Wire.event;
import static io.github.llmcamel.codec.anthropic.Wire.finish;
import static io.github.llmcamel.codec.anthropic.Wire.open;
import static io.github.llmcamel.codec.anthropic.Wire.text;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockReaderTest {

  @ParameterizedTest
  @MethodSource({"texts", "thoughts", "calls"})
  void readsContentHoweverItsBytesAreCut(Row row) {
    row.isReadHoweverItsBytesAreCut();
  }

  static List<Row> texts() {
    return List.of(
        new Row(
            "text, and a ping in between",
            event("ping", "")
                + START
                + open(0, "{'type':'text','text':''}")
                + event("ping", "")
                + delta(0, "{'type':'text_delta','text':'hi'}")
                + close(0)
                + end(),
            HI_TO_THE_END),
        new Row(
            "no names of events",
            (START + HI + end()).replaceAll("event: .*\n", ""),
            HI_TO_THE_END),
        new Row(
            "lines that end in CRLF", (START + HI + end()).replace("\n", "\r\n"), HI_TO_THE_END),
        new Row(
            "text in the beginning of its block",
            START + open(0, "{'type':'text','text':'h'}") + text(1, "i") + end(),
            HI_TO_THE_END),
        new Row(
            "a piece of a block that never began",
            START + delta(7, "{'type':'text_delta','text':'hi'}") + end(),
            HI_TO_THE_END),
        new Row(
            "citations, and kinds of blocks and pieces of the future",
            START
                + HI
                + delta(0, "{'type':'citations_delta','citation':{'cited_text':'c'}}")
                + open(1, "{'type':'compaction','text':'c'}")
                + delta(1, "{'type':'compaction_delta','text':'c'}")
                + event("news", "'text':'n'")
                + "event: news\ndata: still here\n\n"
                + end(),
            HI_TO_THE_END),
        new Row(
            "no content at all, after a refusal",
            START + finish("refusal", "{'output_tokens':4}") + STOP,
            "finish=content_filter(refusal) in=10 out=4"));
  }

  static List<Row> thoughts() {
    String signature = delta(0, "{'type':'signature_delta','signature':'sig'}") + close(0);
    return List.of(
        new Row(
            "thinking with its signature, then text",
            START
                + open(0, "{'type':'thinking','thinking':'','signature':''}")
                + delta(0, "{'type':'thinking_delta','thinking':'so '}")
                + delta(0, "{'type':'thinking_delta','thinking':'so'}")
                + signature
                + text(1, "hi")
                + end(),
            "text=hi reason=so so finish=stop in=10 out=15"),
        new Row(
            "thinking that is not shown",
            START
                + open(0, "{'type':'thinking','thinking':''}")
                + signature
                + text(1, "hi")
                + end(),
            HI_TO_THE_END),
        new Row(
            "thinking that is redacted",
            START + open(0, "{'type':'redacted_thinking','data':'x'}") + text(1, "hi") + end(),
            HI_TO_THE_END));
  }

  static List<Row> calls() {
    String used = finish("tool_use", "{'output_tokens':15}") + STOP;
    String ending = " finish=tool_calls(tool_use) in=10 out=15";
    return List.of(
        new Row(
            "arguments in pieces",
            START
                + call(0, ",'input':{}")
                + arguments(0, "", "{\"a\"", ": 1", "}")
                + close(0)
                + used,
            "tools=[x0 f0 {\"a\": 1}]" + ending),
        new Row(
            "no arguments",
            START + call(0, ",'input':{}") + arguments(0, "") + close(0) + used,
            "tools=[x0 f0 {}]" + ending),
        new Row(
            "no input and no arguments",
            START + call(0, "") + close(0) + used,
            "tools=[x0 f0 {}]" + ending),
        new Row(
            "arguments in the beginning of their block",
            START + call(0, ",'input':{'a':1}") + close(0) + used,
            "tools=[x0 f0 {\"a\":1}]" + ending),
        new Row(
            "arguments in the beginning of their block, and again in pieces",
            START + call(0, ",'input':{'a':1}") + arguments(0, "{\"a\":1}") + close(0) + used,
            "tools=[x0 f0 {\"a\":1}]" + ending),
        new Row(
            "text and two calls",
            START
                + text(0, "hi")
                + (call(1, "") + arguments(1, "{\"a\":1}") + close(1))
                + (call(2, "") + arguments(2, "{\"b\":2}") + close(2))
                + used,
            "text=hi tools=[x1 f1 {\"a\":1}, x2 f2 {\"b\":2}]" + ending),
        new Row(
            "two calls whose pieces interleave, and no end of their blocks",
            START
                + (call(3, "") + call(1, ",'input':{'b':2}"))
                + (arguments(3, "{\"a\"") + arguments(3, ":1}"))
                + used,
            "tools=[x3 f3 {\"a\":1}, x1 f1 {\"b\":2}]" + ending),
        new Row(
            "arguments that are cut off",
            START + call(0, "") + arguments(0, "{\"a\"") + finish("max_tokens", "{}") + STOP,
            "tools=[x0 f0 {\"a\"] finish=length(max_tokens) in=10 out=1"),
        new Row(
            "a tool that the provider runs itself",
            START
                + open(0, "{'type':'server_tool_use','id':'s','name':'web_search','input':{}}")
                + arguments(0, "{\"query\":1}")
                + close(0)
                + text(1, "hi")
                + end(),
            HI_TO_THE_END));
  }
}
