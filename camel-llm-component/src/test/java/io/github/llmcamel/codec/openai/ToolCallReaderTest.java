/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import static io.github.llmcamel.codec.openai.Wire.DONE;
import static io.github.llmcamel.codec.openai.Wire.data;
import static io.github.llmcamel.codec.openai.Wire.delta;
import static io.github.llmcamel.codec.openai.Wire.finish;
import static io.github.llmcamel.codec.openai.Wire.stream;
import static io.github.llmcamel.codec.openai.Wire.text;
import static io.github.llmcamel.codec.openai.Wire.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.codec.Played;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolCallReaderTest {

  private static final String OPENED =
      toolCall("{'index':0,'id':'x1','type':'function','function':{'name':'f','arguments':''}}");

  @Test
  void joinsThePiecesOfACall() {
    assertThat(calls(OPENED, more(0, "{\\\"a\\\""), more(0, ":1}")))
        .containsExactly(new ToolCall("x1", "f", "{\"a\":1}"));
  }

  @Test
  void keepsApartCallsThatInterleave() {
    assertThat(
            calls(
                OPENED,
                toolCall("{'index':1,'id':'x2','function':{'name':'g','arguments':'['}}"),
                more(0, "{"),
                more(1, "2"),
                more(0, "}"),
                more(1, "]")))
        .containsExactly(new ToolCall("x1", "f", "{}"), new ToolCall("x2", "g", "[2]"));
  }

  @Test
  void readsACallOfACustomTool() {
    assertThat(
            calls(
                toolCall(
                    "{'index':0,'id':'x1','type':'custom','custom':{'name':'code','input':''}}"),
                toolCall("{'index':0,'custom':{'input':'print('}}"),
                toolCall("{'index':0,'custom':{'input':'1)'}}")))
        .containsExactly(new ToolCall("x1", "code", "print(1)", ToolCall.Kind.CUSTOM, Map.of()));
  }

  @Test
  void keepsWhatElseIsSaidOfACall() {
    assertThat(
            calls(
                toolCall(
                    "{'index':0,'id':'x1','type':'function','function':{'name':'f','arguments':"
                        + "'{}','y':1},'extra_content':{'s':'t'}}")))
        .containsExactly(
            new ToolCall(
                "x1",
                "f",
                "{}",
                ToolCall.Kind.FUNCTION,
                Map.of("extra_content", Map.of("s", "t"), "function", Map.of("y", 1))));
  }

  @Test
  void takesEntriesWithoutNumberAndOtherIdsForOtherCalls() {
    assertThat(
            calls(
                toolCall(
                    "{'id':'x1','function':{'name':'f','arguments':'{}'}},"
                        + "{'id':'x2','function':{'name':'f','arguments':'[]'}}")))
        .containsExactly(new ToolCall("x1", "f", "{}"), new ToolCall("x2", "f", "[]"));
  }

  @Test
  void takesEntriesWithNeitherNumberNorIdForOtherCalls() {
    String both =
        "{'function':{'name':'f','arguments':'{}'}},{'function':{'name':'f','arguments':'[]'}}";

    assertThat(calls(toolCall(both)))
        .containsExactly(
            new ToolCall(ToolCall.generatedId("", 0, 0), "f", "{}"),
            new ToolCall(ToolCall.generatedId("", 0, 1), "f", "[]"));
  }

  @Test
  void takesAnotherIdUnderTheSameNumberForAnotherCall() {
    assertThat(
            calls(
                OPENED,
                more(0, "1"),
                toolCall("{'index':0,'id':'x2','function':{'name':'g','arguments':'2'}}"),
                more(0, "3"),
                toolCall("{'index':0,'id':'x1','function':{'arguments':'4'}}")))
        .containsExactly(new ToolCall("x1", "f", "14"), new ToolCall("x2", "g", "23"));
  }

  @Test
  void continuesTheLastCallWithoutNumberAndId() {
    String opened = toolCall("{'id':'x1','function':{'name':'f','arguments':'{'}}");
    String anonymous = toolCall("{'function':{'name':'f','arguments':'{'}}");
    String more = toolCall("{'function':{'name':'f','arguments':'}'}}");

    assertThat(calls(opened, more)).containsExactly(new ToolCall("x1", "f", "{}"));
    assertThat(calls(anonymous, more))
        .containsExactly(new ToolCall(ToolCall.generatedId("", 0, 0), "f", "{}"));
  }

  @Test
  void numbersCallsByTheirFirstAppearance() {
    assertThat(
            calls(
                toolCall("{'index':7,'id':'x7','function':{'name':'f'}}"),
                toolCall("{'index':'1','id':'x1','function':{'name':'g'}}"),
                more(1, "1"),
                more(7, "7")))
        .containsExactly(new ToolCall("x7", "f", "7"), new ToolCall("x1", "g", "1"));
  }

  @Test
  void bearsIdsAndNamesThatComeEmptyOrAgain() {
    assertThat(
            calls(
                OPENED,
                toolCall("{'index':0,'id':'','function':{'name':'','arguments':'{'}}"),
                toolCall("{'index':0,'id':null,'function':{'name':null,'arguments':null}}"),
                toolCall("{'index':0,'id':'x1','function':{'name':'f','arguments':'}'}}")))
        .containsExactly(new ToolCall("x1", "f", "{}"));
  }

  @Test
  void takesAnIdThatComesLate() {
    assertThat(
            calls(
                toolCall("{'index':0,'function':{'arguments':'{'}}"),
                toolCall("{'index':0,'id':'x1','function':{'name':'f','arguments':'}'}}")))
        .containsExactly(new ToolCall("x1", "f", "{}"));
  }

  @Test
  void makesUpAMissingIdAndWritesArgumentsThatAreAnObject() {
    Played played =
        stream(
            data(
                "{'choices':[{'index':2,'delta':{'tool_calls':[{'id':'null','function':"
                    + "{'name':'f','arguments':{'a':1}}}]},'finish_reason':'tool_calls'}]}"));

    assertThat(played.response().choices().get(0).toolCalls())
        .containsExactly(new ToolCall(ToolCall.generatedId("", 2, 0), "f", "{\"a\":1}"));
  }

  @Test
  void doesNotTakeArgumentsForCompleteBeforeTheEnd() {
    assertThat(calls(OPENED, more(0, "1"), more(0, "2")))
        .containsExactly(new ToolCall("x1", "f", "12"));
  }

  @Test
  void writesNoArgumentsAsAnEmptyObject() {
    assertThat(calls(OPENED)).containsExactly(new ToolCall("x1", "f", "{}"));
  }

  @Test
  void keepsArgumentsThatAreCutOff() {
    Played played = stream(OPENED, more(0, "{\\\"a\\\":"));

    assertThat(played.failure()).isInstanceOf(LlmStreamInterruptedException.class);
    assertThat(played.response().choices().get(0).toolCalls())
        .containsExactly(new ToolCall("x1", "f", "{\"a\":"));
    assertThat(stream(OPENED, more(0, "{\\\"a\\\":"), finish("length")).failure()).isNull();
  }

  @Test
  void hasStoppedForTheCallsWhateverTheWord() {
    assertThat(stream(OPENED, finish("stop")).response().finishReason())
        .isEqualTo(FinishReason.TOOL_CALLS.saidAs("stop"));
  }

  @Test
  void readsTheOldFormOfACall() {
    Played played =
        stream(
            delta("{'function_call':{'name':'f','arguments':'{'}}"),
            delta("{'function_call':{'arguments':'}'}}"),
            finish("function_call"));

    assertThat(played.response().choices().get(0).toolCalls())
        .containsExactly(new ToolCall(ToolCall.generatedId("", 0, 0), "f", "{}"));
    assertThat(played.response().finishReason())
        .isEqualTo(FinishReason.TOOL_CALLS.saidAs("function_call"));
  }

  @Test
  void readsCallsBetweenText() {
    Played played = stream(text("a"), OPENED, text("b"), finish("tool_calls"), DONE);

    assertThat(played.response().text()).isEqualTo("ab");
    assertThat(played.response().choices().get(0).toolCalls()).hasSize(1);
  }

  @Test
  void keepsApartTheCallsOfTwoChoices() {
    String call =
        "{'index':%d,'delta':{'tool_calls':[{'index':0,'id':'x%d','function':{'name':'f'}}]}}";
    Played played =
        stream(
            data("{'choices':[" + call.formatted(0, 0) + "," + call.formatted(1, 1) + "]}"),
            finish("tool_calls"),
            data("{'choices':[{'index':1,'finish_reason':'tool_calls'}]}"));

    assertThat(played.failure()).isNull();
    assertThat(played.response().choices())
        .extracting(choice -> choice.toolCalls())
        .containsExactly(
            List.of(new ToolCall("x0", "f", "{}")), List.of(new ToolCall("x1", "f", "{}")));
  }

  @Test
  void takesEachEntryOfAMessageForACall() {
    String entry = "{'index':0,'function':{'name':'f','arguments':{}}}";
    Played played =
        stream(
            data(
                "{'choices':[{'message':{'tool_calls':["
                    + entry
                    + ","
                    + entry
                    + "]},"
                    + "'finish_reason':'stop'}]}"));

    assertThat(played.response().choices().get(0).toolCalls())
        .containsExactly(
            new ToolCall(ToolCall.generatedId("", 0, 0), "f", "{}"),
            new ToolCall(ToolCall.generatedId("", 0, 1), "f", "{}"));
  }

  @Test
  void seesNoCallInEntriesThatBringNothing() {
    assertThat(calls(toolCall("{},null,7,{'index':0},{'index':3,'function':{}}"))).isEmpty();
  }

  private static String more(int index, String arguments) {
    return toolCall("{'index':%d,'function':{'arguments':'%s'}}".formatted(index, arguments));
  }

  private static List<ToolCall> calls(String... pieces) {
    Played played = stream(String.join("", pieces), finish("tool_calls"), DONE);
    assertThat(played.failure()).isNull();
    return played.response().choices().get(0).toolCalls();
  }
}
