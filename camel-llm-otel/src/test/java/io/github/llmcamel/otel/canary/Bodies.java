/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.canary;

import io.github.llmcamel.otel.testkit.Mode;

/** What is sent and answered, in OpenAI's format, with a canary in every text. */
final class Bodies {

  static final String REQUEST =
      Canary.in(
          """
          {"messages":[
            {"role":"system","content":"%SYSTEM%"},
            {"role":"user","name":"%USER_ID%","content":[
              {"type":"text","text":"%USER%"},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,%BASE64%"}}]},
            {"role":"assistant","content":"%HISTORY%","tool_calls":[
              {"id":"t1","type":"function","function":{"name":"f",
                "arguments":"{\\"a\\":\\"%ARGUMENTS%\\"}"}}]},
            {"role":"tool","tool_call_id":"t1","content":"%RESULT%"}],
           "tools":[{"type":"function","function":{"name":"f","description":"%DEFINITION%",
             "parameters":{"type":"object","properties":{
               "p":{"type":"string","description":"%DEFINITION%","default":"%DEFINITION%"}}}}}],
           "user":"%USER_ID%"}
          """);

  /** One message with everything that a model can say. */
  static final String MESSAGE =
      Canary.in(
          """
          {"content":"%ANSWER%","reasoning_content":"%REASONING%","refusal":"%REFUSAL%",\
          "tool_calls":[{"index":0,"id":"t2","type":"function","function":\
          {"name":"f","arguments":"{\\"b\\":\\"%CALL%\\"}"}}]}""");

  private static final String EVERYTHING =
      Canary.in(
              """
              Refused: %SYSTEM% '%USER%' [%HISTORY%] {'a': '%ARGUMENTS%'}; %RESULT%
              %DEFINITION%, data:image/png;base64,%BASE64% by %USER_ID% with""")
          + " %s and %s. ".formatted(Canary.KEY.word(), Canary.CREDENTIAL.word())
          + REQUEST;

  /** As some servers say what they refuse: all of it, also as JSON within JSON, and in the code. */
  static final String ERROR =
      "{\"error\":{\"message\":\"%s\",\"code\":\"%s\"},\"request_id\":\"%3$s\"}"
          .formatted(escaped(EVERYTHING), Canary.USER.sentence(), Canary.SYSTEM.sentence());

  private Bodies() {}

  /** The same error as text. */
  static String errorText() {
    return EVERYTHING;
  }

  /** What a server says that cannot read what its model says. */
  static String unreadableCall() {
    return "{\"error\":\"error parsing tool call: raw='%s', err=invalid character\"}"
        .formatted(escaped(MESSAGE));
  }

  /** A whole answer, or one in events. */
  static String answer(Mode mode, String message, String finish) {
    return mode == Mode.WHOLE
        ? json("{\"index\":0,\"message\":%s,\"finish_reason\":\"%s\"}".formatted(message, finish))
        : event("{\"index\":0,\"delta\":%s}".formatted(message))
            + event("{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}".formatted(finish))
            + "data: [DONE]\n\n";
  }

  /** As much of an answer as comes before it breaks off. */
  static String beginning(Mode mode) {
    String whole = answer(mode, MESSAGE, "stop");
    return mode == Mode.WHOLE
        ? whole.substring(0, whole.indexOf("finish_reason"))
        : whole.substring(0, whole.indexOf("\n\n") + 2);
  }

  private static String event(String choice) {
    return "data: %s\n\n".formatted(json(choice));
  }

  private static String json(String choice) {
    return "{\"id\":\"c1\",\"model\":\"m-1\",\"choices\":[%s]}".formatted(choice);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
