/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import static io.github.llmcamel.codec.gemini.Wire.STOP;
import static io.github.llmcamel.codec.gemini.Wire.parts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.codec.Played;
import io.github.llmcamel.codec.Replies;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageWriterTest {

  private static final Message CALLS =
      new Message.Assistant(
          List.of(), List.of(new ToolCall("x", "f", "{\"a\":1}"), new ToolCall("y", "g", "")));

  @Test
  void putsInstructionsApartAndJoinsTurnsOfOneRole() throws LlmException {
    assertThat(
            body(
                Message.system("S1"),
                Message.user("a"),
                Message.user("b"),
                Message.assistant("c"),
                Message.system("S2"),
                Message.assistant(""),
                Message.assistant("d"),
                Message.user("e")))
        .isEqualTo(
            "{'systemInstruction':{'parts':[{'text':'S1'},{'text':'S2'}]},'contents':["
                + "{'role':'user','parts':[{'text':'a'},{'text':'b'}]},"
                + "{'role':'model','parts':[{'text':'c'},{'text':'d'}]},"
                + "{'role':'user','parts':[{'text':'e'}]}]}");
  }

  @Test
  void answersCallsByTheNamesOfTheirToolsBeforeAnythingElse() throws LlmException {
    assertThat(
            contents(
                CALLS,
                result("y", null, "1"),
                Message.user("Well?"),
                result("x", "other", "{\"b\":2}")))
        .isEqualTo(
            "{'role':'model','parts':["
                + "{'functionCall':{'id':'x','name':'f','args':{'a':1}}},"
                + "{'functionCall':{'id':'y','name':'g','args':{}}}]},"
                + "{'role':'user','parts':["
                + "{'functionResponse':{'id':'y','name':'g','response':{'result':'1'}}},"
                + "{'functionResponse':{'id':'x','name':'other','response':{'b':2}}},"
                + "{'text':'Well?'}]}");
  }

  @Test
  void sendsNoIdThatTheProviderDoesNotKnow() throws LlmException {
    Message call =
        new Message.Assistant(
            List.of(), List.of(new ToolCall("call_generated_9093523f41863d17", "f", "{}")));

    assertThat(contents(call, result("call_generated_9093523f41863d17", null, "done")))
        .isEqualTo(
            "{'role':'model','parts':[{'functionCall':{'name':'f','args':{}}}]},"
                + "{'role':'user','parts':[{'functionResponse':{'name':'f',"
                + "'response':{'result':'done'}}}]}");
  }

  @Test
  void refusesAResultWithoutItsCall() {
    assertThatThrownBy(() -> contents(result("z", null, "secret")))
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining(
            "messages[0] is a tool's result that answers a call that is not among the messages")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "[1]", "a"})
  void refusesArgumentsThatAreNoObject(String arguments) {
    Message cut = new Message.Assistant(List.of(), List.of(new ToolCall("x", "f", arguments)));

    assertThatThrownBy(() -> contents(Message.system("S"), Message.user("a"), cut))
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining(
            "messages[2].tool_calls holds arguments for the tool f that are no JSON object");
  }

  @Test
  void sendsMediaInline() throws LlmException {
    byte[] large = "x".repeat(100).getBytes(StandardCharsets.US_ASCII);

    assertThat(contents(user(Part.Media.of("image/png", new byte[] {1, 2, 3}, "a.png"))))
        .isEqualTo(
            "{'role':'user','parts':[{'inlineData':{'mimeType':'image/png','data':'AQID'}}]}");
    assertThat(contents(user(Part.Media.of("application/pdf", large, null))))
        .doesNotContain("\\n", "\\r");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/a.PNG?x=1, image/png",
    "http://h/b/c.jpeg, image/jpeg",
    "gs://bucket/d.pdf, application/pdf"
  })
  void namesMediaOnTheWeb(String url, String type) throws LlmException {
    assertThat(contents(user(image(url))))
        .contains("{'fileData':{'mimeType':'%s','fileUri':'%s'}}".formatted(type, url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h/a",
        "https://png",
        "https://h.png",
        "https://h/a.xyz",
        "a.png",
        "data:,x"
      })
  void refusesMediaOfNoKnownType(String url) {
    assertThatThrownBy(() -> contents(user(image(url))))
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining(
            "messages[0] has an image, a document or a recording whose URL does not tell");
  }

  @Test
  void sendsPartsInGooglesFormAsTheyAre() throws LlmException {
    Map<String, Object> video = Map.of("fileData", Map.of("fileUri", "https://h/files/1"));

    assertThat(contents(user(new Part.Other("fileData", video))))
        .contains("[{'fileData':{'fileUri':'https://h/files/1'}}]");
    assertThat(contents(user(new Part.Other("x", "{\"x\":1}")))).contains("[{'x':1}]");
    assertThatThrownBy(() -> contents(user(new Part.Other("refusal", Map.of("refusal", "no")))))
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("messages[0] has a part of the type refusal, which is OpenAI's own");
    assertThatThrownBy(() -> contents(user(new Part.Other("x", "secret"))))
        .isInstanceOf(LlmRequestException.class)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'text':'a','thoughtSignature':'s'}",
        "{'text':'a'},{'text':'','thoughtSignature':'s'}",
        "{'text':'r','thought':true,'thoughtSignature':'s'},{'text':'a'}",
        "{'functionCall':{'name':'f','args':{'a':1}},'thoughtSignature':'s'},"
            + "{'functionCall':{'id':'y','name':'f','args':{}}}",
        "{'functionCall':{'id':'x','name':'f','args':{}}},"
            + "{'functionCall':{'id':'y','name':'f','args':{}},'thoughtSignature':'s'}",
        "{'inlineData':{'mimeType':'image/png','data':'AQID'},'thoughtSignature':'s'}",
        "{'executableCode':{'language':'PYTHON','code':'1'}},"
            + "{'codeExecutionResult':{'outcome':'OUTCOME_OK','output':'1'}},{'text':'a'}",
        "{'text':'','thoughtSignature':'s'}"
      })
  void givesBackWhatItWasGiven(String said) throws LlmException {
    Played played =
        Played.play(
            new GeminiCodec(), Replies.head(200), List.of(Replies.utf8(parts(said) + STOP)));

    Message turn = played.response().choices().get(0).toMessage();

    assertThat(contents(turn)).isEqualTo("{'role':'model','parts':[%s]}".formatted(said));
  }

  private static Message result(String id, @Nullable String name, String text) {
    return new Message.ToolResult(id, name, List.of(new Part.Text(text)));
  }

  private static Message user(Part part) {
    return new Message.User(List.of(part), null);
  }

  private static Part image(String url) {
    return new Part.Media(Part.Media.Kind.IMAGE, url, null, null);
  }

  private static String contents(Message... messages) throws LlmException {
    String body = body(messages);
    return body.substring("{'contents':[".length(), body.length() - "]}".length());
  }

  private static String body(Message... messages) throws LlmException {
    return Wire.body(ChatRequest.builder().model("m").messages(List.of(messages)).build());
  }
}
