/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.llmcamel.transport.HttpCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedServerTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String ID = "simulated-[0-9a-f-]{36}";

  @Test
  void answersWhole() {
    Script script = answer(Requests.chat("Hello world!", ""));

    assertThat(script.status()).isEqualTo(200);
    assertThat(script.headers().get("content-type")).containsExactly("application/json");
    assertThat(script.headers().get("x-simulator")).containsExactly("true");
    assertThat(script.headers().get("x-request-id"))
        .singleElement()
        .asString()
        .matches("req_[0-9a-f-]{36}");
    assertThat(body(script).replaceFirst(ID, "ID"))
        .isEqualTo(
            "{\"id\":\"ID\",\"object\":\"chat.completion\",\"created\":0,\"model\":\"demo\","
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + "\"content\":\"[simulated] Hello world!\",\"refusal\":null},\"logprobs\":null,"
                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":7,"
                + "\"completion_tokens\":6,\"total_tokens\":13},"
                + "\"system_fingerprint\":\"simulator\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"required\"", "{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}"})
  void callsTheToolThatIsDemandedWithArgumentsFromTheText(String choice) throws Exception {
    HttpCall call = Requests.chat("City: Bonn", tools(choice));

    JsonNode answered = MAPPER.readTree(body(answer(call))).path("choices").get(0);

    assertThat(answered.path("finish_reason").textValue()).isEqualTo("tool_calls");
    assertThat(answered.path("message").path("content").isNull()).isTrue();
    assertThat(answered.path("message").path("tool_calls").toString().replaceFirst(ID, "ID"))
        .isEqualTo(
            "[{\"index\":0,\"id\":\"call-0-ID\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Bonn\\\"}\"}}]");
  }

  @Test
  void streamsTheArgumentsOfATool() {
    Script script = answer(Requests.chat("City: Bonn", tools("\"required\"") + ",\"stream\":true"));

    assertThat(frames(script))
        .anyMatch(frame -> frame.contains("\"name\":\"weather\",\"arguments\":\"\""))
        .anyMatch(frame -> frame.contains("{\"index\":0,\"function\":{\"arguments\":\"Bonn\"}}"))
        .anyMatch(frame -> frame.contains("\"finish_reason\":\"tool_calls\""));
  }

  @Test
  void answersOnceAToolHasSaidSomething() {
    String messages =
        "{\"role\":\"user\",\"content\":\"City: Bonn\"},"
            + "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"9 degrees\"}";

    Script script =
        answer(Requests.post("{\"messages\":[%s]%s}".formatted(messages, tools("\"required\""))));

    assertThat(body(script)).contains("\"content\":\"[simulated]").doesNotContain("tool_calls");
  }

  @Test
  void refusesToCallAToolThatIsNotDefined() {
    String choice = "{\"type\":\"function\",\"function\":{\"name\":\"clock\"}}";

    Script script = answer(Requests.chat("Hi.", tools(choice)));

    assertThat(script.status()).isEqualTo(400);
    assertThat(body(script)).contains("tool_choice demands a function that is not among tools.");
  }

  private static String tools(String choice) {
    String parameters = "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}";
    return ",\"tools\":[{\"type\":\"web_search\"},{\"type\":\"function\",\"function\":"
        + "{\"name\":\"weather\",\"parameters\":%s}}],\"tool_choice\":%s"
            .formatted(parameters, choice);
  }

  @Test
  void streamsRoleTokensFinishUsageAndTerminator() {
    Script script =
        answer(
            Requests.chat("Hi 山!", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

    assertThat(script.headers().get("content-type"))
        .containsExactly("text/event-stream; charset=utf-8");
    assertThat(frames(script).stream().map(frame -> frame.replaceFirst(ID, "ID")).toList())
        .containsExactly(
            chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"),
            chunk("{\"content\":\"[\"}", "null"),
            chunk("{\"content\":\"simulated\"}", "null"),
            chunk("{\"content\":\"]\"}", "null"),
            chunk("{\"content\":\" Hi\"}", "null"),
            chunk("{\"content\":\" 山\"}", "null"),
            chunk("{\"content\":\"!\"}", "null"),
            chunk("{}", "\"stop\""),
            "data: {\"id\":\"ID\",\"object\":\"chat.completion.chunk\",\"created\":0,"
                + "\"model\":\"demo\",\"system_fingerprint\":\"simulator\",\"choices\":[],"
                + "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":6,\"total_tokens\":13}}\n\n",
            "data: [DONE]\n\n");
  }

  @Test
  void mentionsNoUsageInAStreamUnlessAsked() {
    Script script = answer(Requests.chat("Hi", ",\"stream\":true"));

    assertThat(body(script)).doesNotContain("usage").endsWith("data: [DONE]\n\n");
  }

  @Test
  void givesEqualAnswersToEqualRequests() {
    HttpCall call = Requests.chat("Hello", ",\"stream\":true");

    assertThat(body(answer(call))).isEqualTo(body(answer(call)));
    assertThat(body(answer(Requests.chat("Hello", ""))))
        .isNotEqualTo(body(answer(Requests.chat("Hallo", ""))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "max_tokens":4                                | [simulated] One | length | 4
          "max_completion_tokens":1                     | [               | length | 1
          "max_tokens":9,"max_completion_tokens":4      | [simulated] One | length | 4
          "max_tokens":7                                | [simulated] One two three. | stop | 7
          "max_tokens":null                             | [simulated] One two three. | stop | 7
          "stop":" two"                                 | [simulated] One | stop   | 4
          "stop":["three","One"]                        | '[simulated] '  | stop   | 3
          "stop":["[","]"]                              | ''              | stop   | 0
          "stop":[""]                                   | [simulated] One two three. | stop | 7
          "stop":"two","max_tokens":2                   | [simulated      | length | 2
          """)
  void cutsTheAnswer(String members, String text, String finish, int tokens) throws Exception {
    JsonNode answer = MAPPER.readTree(body(chat("One two three.", "," + members)));

    assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo(text);
    assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo(finish);
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(tokens);
  }

  @Test
  void givesAsManyChoicesAsWanted() throws Exception {
    JsonNode whole = MAPPER.readTree(body(chat("Hi", ",\"n\":2")));
    List<String> streamed = frames(chat("Hi", ",\"n\":2,\"stream\":true"));

    assertThat(whole.at("/choices/1/index").asInt()).isEqualTo(1);
    assertThat(whole.at("/choices/1/message/content").asText()).isEqualTo("[simulated] Hi");
    assertThat(whole.at("/usage/completion_tokens").asInt()).isEqualTo(8);
    assertThat(streamed).hasSize(2 * (1 + 4 + 1) + 1);
    assertThat(streamed).filteredOn(frame -> frame.contains("\"index\":1")).hasSize(6);
  }

  @Test
  void streamsAnEmptyAnswer() {
    assertThat(frames(chat("Hi", ",\"stream\":true,\"stop\":\"[\""))).hasSize(3);
  }

  @Test
  void readsTextPartsAndCountsEveryMessage() throws Exception {
    Script script =
        answer(
            Requests.post(
                """
                {"messages":[{"role":"system","content":null},{"role":"assistant"},
                {"role":"user","content":[{"type":"text","text":"One."},
                {"type":"image_url","image_url":{"url":"data:,"}},{"type":"text","text":"Two."}]}]}
                """));

    JsonNode answer = MAPPER.readTree(body(script));
    assertThat(answer.path("model").asText()).isEqualTo("demo");
    assertThat(answer.at("/choices/0/message/content").asText())
        .isEqualTo("[simulated] One. Two. An image.");
    assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(3 * 4 + 4 + 3);
  }

  @Test
  void namesTheMediaBelowWhatIsAskedAboutThem() throws Exception {
    Script script =
        answer(
            Requests.post(
                """
                {"messages":[{"role":"user","content":[
                {"type":"image_url","image_url":{"url":"data:,"}},
                {"type":"input_audio","input_audio":{}},
                {"type":"file","file":{"filename":"a.pdf"}},{"type":"file","file":{}},
                {"type":"other"},{"type":"text","text":"Describe these."}]}]}
                """));

    assertThat(MAPPER.readTree(body(script)).at("/choices/0/message/content").asText())
        .isEqualTo("[simulated] An image. A recording. The document a.pdf. A document.");
  }

  @Test
  void streamsWhatItWouldSayWhole() throws Exception {
    String text = "The Löwe 🦁\\uD800 roars.\\n\\n\\uFFFD";
    String whole = MAPPER.readTree(body(chat(text, ""))).at("/choices/0/message/content").asText();
    StringBuilder streamed = new StringBuilder();
    for (String frame : frames(chat(text, ",\"stream\":true"))) {
      if (!frame.contains("[DONE]")) {
        JsonNode chunk = MAPPER.readTree(frame.substring("data: ".length()));
        streamed.append(chunk.at("/choices/0/delta/content").asText());
      }
    }

    assertThat(streamed).hasToString(whole).hasToString("[simulated] The Löwe 🦁? roars.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "firstTokenMs":-1           | firstTokenMs    | extra.firstTokenMs=200
          "firstTokenMs":"soon"       | firstTokenMs    | a number
          "tokensPerSecond":0         | tokensPerSecond | extra.tokensPerSecond=20
          "tokensPerSecond":-2.5      | tokensPerSecond | a number above 0
          "tokensPerSecond":[1]       | tokensPerSecond | a number
          "fail":"503"                | fail            | 429, 500, reset, stall or truncate
          "fail":true                 | fail            | extra.fail=429
          "failEvery":0               | failEvery       | a whole number from 1
          "failEvery":1.5             | failEvery       | a whole number from 1
          "max_tokens":0              | max_tokens      | a whole number from 1
          "max_tokens":1.5            | max_tokens      | a whole number from 1
          "n":129                     | n               | from 1 to 128
          "stream":"yes"              | stream          | true or false
          "stop":[1]                  | stop            | a string or an array of strings
          "model":7                   | model           | a string
          "response_format":"json"    | response_format | an object
          "messages":[]               | messages        | not empty
          "messages":[7]              | messages        | a role
          "messages":[{"role":"user","content":7}] | messages | an array of parts
          """)
  void refusesBadMembersAndNamesTheCure(String members, String member, String cure)
      throws Exception {
    Script script = chat("secret prompt", "," + members);

    JsonNode error = MAPPER.readTree(body(script)).path("error");
    assertThat(script.status()).isEqualTo(400);
    assertThat(script.headers().get("content-type")).containsExactly("application/json");
    assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.path("param").asText()).isEqualTo(member);
    assertThat(error.path("message").asText())
        .contains(member)
        .contains(cure)
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "{\"messages\":[secret", "[]", "null", "{} {}"})
  void refusesWhatIsNoJsonObject(String body) throws Exception {
    Script script = answer(Requests.post(body));

    assertThat(script.status()).isEqualTo(400);
    assertThat(body(script))
        .isEqualTo(
            "{\"error\":{\"message\":\"The request body must be one JSON object in UTF-8.\","
                + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
  }

  @Test
  void refusesARequestWithoutMessages() {
    Script script = answer(Requests.post("{\"model\":\"demo\"}"));

    assertThat(script.status()).isEqualTo(400);
    assertThat(body(script)).contains("\"param\":\"messages\"");
  }

  @Test
  void printsNoPrompt() throws Exception {
    CompletionRequest request =
        CompletionRequest.read(Requests.chat("secret", ",\"stop\":\"secret\"").body());

    assertThat(request).hasToString("CompletionRequest[WHOLE, 1 messages]");
    assertThat(request.turns()).hasToString("[Turn[user]]");
    assertThat(Completion.of("id", request)).hasToString("Completion[id, 3 tokens]");
  }

  @Test
  void listsItsModel() {
    Script script = answer(Requests.call("GET", "simulator://simulator/v1/models?x=1", ""));

    assertThat(script.status()).isEqualTo(200);
    assertThat(body(script))
        .isEqualTo(
            "{\"object\":\"list\",\"data\":[{\"id\":\"demo\",\"object\":\"model\",\"created\":0,"
                + "\"owned_by\":\"simulator\"}]}");
  }

  @Test
  void makesVectorsOfTexts() throws IOException {
    JsonNode answer = embeddings("\"input\":[\"Hi you\",\"Hi\"],\"dimensions\":3");

    assertThat(answer.path("object").asText()).isEqualTo("list");
    assertThat(answer.path("model").asText()).isEqualTo("demo");
    assertThat(answer.path("usage"))
        .isEqualTo(MAPPER.readTree("{\"prompt_tokens\":3,\"total_tokens\":3}"));
    assertThat(answer.path("data")).hasSize(2);
    assertThat(answer.at("/data/1/index").asInt()).isEqualTo(1);
    assertThat(answer.at("/data/1/embedding")).hasSize(3);
    assertThat(answer.at("/data/1/embedding"))
        .as("the same text, the same vector")
        .isEqualTo(embeddings("\"input\":\"hi\",\"dimensions\":3").at("/data/0/embedding"));
    assertThat(embeddings("\"input\":\"hi\"").at("/data/0/embedding")).hasSize(64);
  }

  @Test
  void writesVectorsInBase64WhereThatIsAskedFor() throws IOException {
    JsonNode numbers = embeddings("\"input\":\"hi\"").at("/data/0/embedding");
    String base64 =
        embeddings("\"input\":\"hi\",\"encoding_format\":\"base64\"")
            .at("/data/0/embedding")
            .asText();

    ByteBuffer floats =
        ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
    for (JsonNode number : numbers) {
      assertThat(floats.getFloat()).isEqualTo(number.floatValue());
    }
    assertThat(floats.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                  | 400 | input",
        "{\"input\":[]}                      | 400 | input",
        "{\"input\":[1]}                     | 400 | input",
        "{\"input\":\"a\",\"dimensions\":0}  | 400 | dimensions",
        "{\"input\":\"a\",\"fail\":\"429\"}  | 429 | rate_limit_exceeded",
        "{\"input\":\"a\",\"fail\":500}      | 500 | server_error",
      })
  void refusesEmbeddingsLikeAServer(String body, int status, String word) {
    Script script = answer(Requests.call("POST", "simulator://simulator/v1/embeddings", body));

    assertThat(script.status()).isEqualTo(status);
    assertThat(body(script)).contains(word);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, simulator://simulator/v1/responses, 404, ",
    "GET, simulator://simulator, 404, ",
    "GET, simulator:opaque, 404, ",
    "GET, simulator://simulator/v1/chat/completions, 405, POST",
    "GET, simulator://simulator/v1/embeddings, 405, POST",
    "POST, simulator://simulator/v1/models, 405, GET"
  })
  void refusesOtherPathsAndMethods(String method, String uri, int status, String allow) {
    Script script = answer(Requests.call(method, uri, "{}"));

    assertThat(script.status()).isEqualTo(status);
    assertThat(script.headers().get("allow")).isEqualTo(allow == null ? null : List.of(allow));
    assertThat(script.headers().get("x-simulator")).containsExactly("true");
    assertThat(body(script)).contains("\"type\":\"invalid_request_error\"");
  }

  private static JsonNode embeddings(String members) throws IOException {
    Script script =
        answer(Requests.call("POST", "simulator://simulator/v1/embeddings", "{" + members + "}"));
    assertThat(script.status()).isEqualTo(200);
    return MAPPER.readTree(body(script));
  }

  private static Script answer(HttpCall call) {
    return SimulatedServer.answer(call, new AtomicLong());
  }

  private static Script chat(String text, String members) {
    return answer(Requests.chat(text, members));
  }

  private static String chunk(String delta, String finishReason) {
    return "data: {\"id\":\"ID\",\"object\":\"chat.completion.chunk\",\"created\":0,"
        + "\"model\":\"demo\",\"system_fingerprint\":\"simulator\",\"choices\":[{\"index\":0,"
        + "\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}],\"usage\":null}\n\n"
            .formatted(delta, finishReason);
  }

  private static String body(Script script) {
    return String.join("", frames(script));
  }

  private static List<String> frames(Script script) {
    List<String> frames = new ArrayList<>();
    for (int frame = 0; frame < script.frames(); frame++) {
      frames.add(new String(script.frame(frame), UTF_8));
    }
    return frames;
  }
}
