/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageWriterTest {

  @Test
  void writesATextAsAString() throws LlmException {
    assertWritten(
        "'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':'Hello'}]",
        Message.user("Hi"),
        Message.assistant("Hello"));
  }

  @Test
  void joinsTheInstructionsWhereverTheyStand() throws LlmException {
    assertWritten(
        "'system':'Be brief.\\n\\nBe kind.','messages':[{'role':'user','content':'Hi'}]",
        Message.system("Be brief."),
        Message.user("Hi"),
        Message.system(""),
        Message.system("Be kind."));
  }

  @Test
  void writesInstructionsThatAreMoreThanTextAsBlocks() throws LlmException {
    Part cached = new Part.Other("text", "{\"type\":\"text\",\"text\":\"b\",\"cache_control\":{}}");

    assertWritten(
        "'system':[{'type':'text','text':'a'},{'type':'text','text':'b','cache_control':{}}],"
            + "'messages':[{'role':'user','content':'Hi'}]",
        new Message.System(List.of(new Part.Text("a"), cached)),
        Message.user("Hi"));
  }

  @Test
  void makesOneTurnOfMessagesOfOneRole() throws LlmException {
    assertWritten(
        "'messages':[{'role':'user','content':[{'type':'text','text':'a'},"
            + "{'type':'text','text':'b'}]},{'role':'assistant','content':'c'},"
            + "{'role':'user','content':'d'}]",
        Message.user("a"),
        Message.system(" "),
        Message.user("b"),
        Message.assistant("c"),
        Message.user("d"));
  }

  @Test
  void leavesOutTextsThatSayNothing() throws LlmException {
    assertWritten(
        "'messages':[{'role':'user','content':[{'type':'text','text':'a'},"
            + "{'type':'text','text':'b'}]}]",
        Message.user("a"),
        Message.assistant("\n\n"),
        new Message.User(List.of(new Part.Text(""), new Part.Text("b")), "Ada"));
  }

  @Test
  void writesCallsAsBlocksWithAnObject() throws LlmException {
    assertWritten(
        "'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':["
            + "{'type':'text','text':'Well'},"
            + "{'type':'tool_use','id':'x1','name':'f','input':{'a':1}},"
            + "{'type':'tool_use','id':'x2','name':'g','input':{}}]}]",
        Message.user("Hi"),
        new Message.Assistant(
            List.of(new Part.Text("Well")),
            List.of(new ToolCall("x1", "f", "{\"a\": 1}"), new ToolCall("x2", "g", ""))));
  }

  @Test
  void putsAllResultsFirstIntoOneUserMessage() throws LlmException {
    Part image = new Part.Other("image", Map.of("type", "image"));

    assertWritten(
        "'messages':[{'role':'user','content':["
            + "{'type':'tool_result','tool_use_id':'x1','content':'1'},"
            + "{'type':'tool_result','tool_use_id':'x2','content':[{'type':'image'}]},"
            + "{'type':'tool_result','tool_use_id':'x3'},"
            + "{'type':'tool_result','tool_use_id':'x4','is_error':true},"
            + "{'type':'text','text':'a'},{'type':'text','text':'b'}]}]",
        Message.user("a"),
        new Message.ToolResult("x1", "f", List.of(new Part.Text("1"))),
        new Message.ToolResult("x2", null, List.of(image)),
        new Message.ToolResult("x3", null, List.of(new Part.Text(""))),
        new Message.User(
            List.of(
                new Part.Text("b"),
                new Part.Other(
                    "tool_result",
                    "{\"type\":\"tool_result\",\"tool_use_id\":\"x4\",\"is_error\":true}")),
            null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data:image/png;base64,AA== | {'type':'base64','media_type':'image/png','data':'AA=='}",
        "data:image/png;name=a.png;base64,AA== "
            + "| {'type':'base64','media_type':'image/png','data':'AA=='}",
        "https://h/a.png | {'type':'url','url':'https://h/a.png'}",
        "http://h/a.png | {'type':'url','url':'http://h/a.png'}"
      },
      quoteCharacter = '"')
  void writesImages(String url, String source) throws LlmException {
    Part part = new Part.Media(Part.Media.Kind.IMAGE, url, null, "low");

    assertWritten(
        "'messages':[{'role':'user','content':[{'type':'image','source':" + source + "}]}]",
        new Message.User(List.of(part), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://h/secret",
        "data:image/png,secret",
        "secret",
      })
  void refusesImagesWhoseUrlsNobodyCanRead(String url) {
    Part part = new Part.Media(Part.Media.Kind.IMAGE, url, null, null);

    assertRefused(
        "messages[1] has an image or a document whose URL is neither http or https nor data in"
            + " base64. Make it data:image/png;base64,….",
        Message.system("Be brief."),
        new Message.User(List.of(part), null));
  }

  @Test
  void writesDocumentsByTheirContent() throws LlmException {
    Part pdf = Part.Media.of("application/pdf", new byte[] {0}, "a.pdf");
    Part text = Part.Media.of("text/markdown", new byte[] {'h', 'i'}, null);
    Part web = new Part.Media(Part.Media.Kind.DOCUMENT, "https://h/a.pdf", null, null);

    assertWritten(
        "'messages':[{'role':'user','content':["
            + "{'type':'document','source':{'type':'base64','media_type':'application/pdf',"
            + "'data':'AA=='},'title':'a.pdf'},"
            + "{'type':'document','source':{'type':'text','media_type':'text/plain','data':'hi'}},"
            + "{'type':'document','source':{'type':'url','url':'https://h/a.pdf'}}]}]",
        new Message.User(List.of(pdf, text, web), null));
  }

  @Test
  void refusesRecordingsAndDocumentsThatAreNotBase64() {
    assertRefused(
        "messages[0] has a recording, which Anthropic's protocol has no form for. Send its text.",
        new Message.User(List.of(Part.Media.of("audio/wav", new byte[1], null)), null));
    assertRefused(
        "the data URL of a document is not base64. Encode its content.",
        new Message.User(
            List.of(
                new Part.Media(
                    Part.Media.Kind.DOCUMENT, "data:text/plain;base64,secret!", null, null)),
            null));
  }

  @Test
  void sendsPiecesOfItsOwnAsTheyCame() throws LlmException {
    Part thinking =
        new Part.Other(
            "thinking", "{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"s\"}");

    assertWritten(
        "'messages':[{'role':'assistant','content':["
            + "{'type':'thinking','thinking':'t','signature':'s'},{'type':'text','text':'a'}]}]",
        new Message.Assistant(List.of(thinking, new Part.Text("a")), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"image_url", "input_audio", "file", "refusal"})
  void refusesPiecesOfOpenAisOwn(String type) {
    assertRefused(
        "messages[0] has a part of the type "
            + type
            + ", which is OpenAI's own. Send it in Anthropic's form, or as text.",
        new Message.User(List.of(new Part.Other(type, Map.of("type", type))), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"secret", "[1]", "secret"})
  void refusesArgumentsThatAreNoObject(String arguments) {
    assertRefused(
        "the arguments of an earlier call of the tool f are no JSON object, and Anthropic's protocol"
            + " takes nothing else. Complete them, or leave the call and its result out.",
        new Message.Assistant(List.of(), List.of(new ToolCall("x", "f", arguments))));
  }

  @Test
  void saysWithoutContentThatAPieceIsNotJson() {
    assertRefused(
        "an extra or a message part is not JSON.",
        new Message.User(List.of(new Part.Other("image", "{secret")), null));
  }

  private static void assertWritten(String members, Message... messages) throws LlmException {
    assertThat(Wire.body(request(messages)))
        .isEqualTo(Wire.json("{'model':'m',%s,'max_tokens':4096}", members));
  }

  private static void assertRefused(String problem, Message... messages) {
    assertThatThrownBy(() -> Wire.body(request(messages)))
        .isInstanceOf(LlmRequestException.class)
        .hasMessage("The request to acme cannot be written: " + problem)
        .hasNoCause();
  }

  private static ChatRequest request(Message... messages) {
    return ChatRequest.builder().model("m").messages(List.of(messages)).build();
  }
}
