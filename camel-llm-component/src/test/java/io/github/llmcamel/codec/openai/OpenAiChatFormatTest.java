/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ChatResponse.Choice;
import io.github.llmcamel.model.Citation;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.model.TokenProbability;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.model.ToolUse;
import io.github.llmcamel.model.Usage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiChatFormatTest {

  @Nested
  class Reading {

    @Test
    void takesTextTreesAndMaps() throws JsonProcessingException {
      String json = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
      ChatRequest expected = ChatRequest.builder().model("m").message(Message.user("Hi")).build();

      assertThat(OpenAiChatFormat.read(json)).isEqualTo(expected);
      assertThat(OpenAiChatFormat.readIfJson(Json.read(json))).contains(expected);
      assertThat(
              OpenAiChatFormat.readIfJson(
                  Map.of(
                      "model", "m", "messages", List.of(Map.of("role", "user", "content", "Hi")))))
          .contains(expected);
      assertThat(OpenAiChatFormat.readIfJson(json)).as("text is not JSON by its type").isEmpty();
    }

    @Test
    void needsNoModel() {
      assertThat(read("").model()).isNull();
      assertThat(read("'model':null").model()).isNull();
    }

    @Test
    void takesMessagesOfAllRoles() {
      ChatRequest request =
          OpenAiChatFormat.read(
              json(
                  "{'messages':[{'role':'developer','content':'Be brief.'},"
                      + "{'role':'system','content':[{'type':'text','text':'Be kind.'}]},"
                      + "{'role':'user','name':'Ada','content':[{'type':'text','text':'See'},"
                      + "{'type':'image_url','image_url':{'url':'u'}}]},"
                      + "{'role':'assistant','content':null,'tool_calls':[{'id':'x1','type':"
                      + "'function','function':{'name':'f','arguments':'{}'}}]},"
                      + "{'role':'assistant','tool_calls':[{'id':'x2','function':{'name':'g',"
                      + "'arguments':{'a':1}}},{'id':'x3','function':{'name':'h'}}]},"
                      + "{'role':'tool','tool_call_id':'x1','name':'f','content':'1'},"
                      + "{'role':'assistant','content':'','refusal':null,'reasoning_content':'r'}]}"));

      assertThat(request.messages())
          .containsExactly(
              Message.system("Be brief.").withExtras(Map.of("role", "developer")),
              Message.system("Be kind.")
                  .withExtras(
                      Map.of("content", List.of(Map.of("type", "text", "text", "Be kind.")))),
              new Message.User(
                  List.of(
                      new Part.Text("See"), new Part.Media(Part.Media.Kind.IMAGE, "u", null, null)),
                  "Ada"),
              new Message.Assistant(List.of(), List.of(new ToolCall("x1", "f", "{}"))),
              new Message.Assistant(
                  List.of(),
                  List.of(new ToolCall("x2", "g", "{\"a\":1}"), new ToolCall("x3", "h", "{}"))),
              new Message.ToolResult("x1", "f", List.of(new Part.Text("1"))),
              Message.assistant("").withExtras(Map.of("reasoning_content", "r")));
    }

    @Test
    void takesTheWholeSampling() {
      assertThat(
              read("'temperature':0,'top_p':0.9,'top_k':40,'max_tokens':100,'stop':['a','b'],"
                      + "'seed':7,'frequency_penalty':0.1,'presence_penalty':-0.1,'n':2.0,"
                      + "'reasoning_effort':'low'")
                  .sampling())
          .isEqualTo(new Sampling(0.0, 0.9, 40, 100, List.of("a", "b"), 7L, 0.1, -0.1, 2, "low"));
      assertThat(read("'temperature':null,'stop':null,'n':null").sampling())
          .isEqualTo(Sampling.NONE);
      assertThat(read("'stop':'a'").sampling().stop()).containsExactly("a");
      assertThat(read("'user':'u1'").user()).isEqualTo("u1");
    }

    @Test
    void prefersTheNewerNameOfTheOutputLimit() {
      assertThat(read("'max_completion_tokens':5").sampling().maxTokens()).isEqualTo(5);
      assertThat(read("'max_tokens':9,'max_completion_tokens':5").sampling().maxTokens())
          .isEqualTo(5);
    }

    @Test
    void keepsWhatItDoesNotModelAsExtras() {
      ChatRequest request =
          read(
              "'stream':true,'stream_options':{'include_usage':true},'tools':[{'type':'function',"
                  + "'function':{'name':'f'}}],'tool_choice':'auto','response_format':"
                  + "{'type':'json_object'},'logit_bias':null,'x':[1,2.5,true,null]");

      assertThat(request.extras())
          .containsOnlyKeys("logit_bias", "x")
          .containsEntry("logit_bias", null)
          .containsEntry("x", Arrays.asList(1, 2.5, true, null));
      assertThat(request.tools())
          .isEqualTo(
              new ToolUse(List.of(new Tool.Function("f", null, null)), ToolChoice.AUTO, null));
      assertThat(request.responseFormat()).isEqualTo(new ResponseFormat.Json());
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        value = {
          "[]|The body is not a JSON object: send a chat request such as {@messages@: […]}.",
          "{}|messages of the chat request is missing or empty: send a list such as"
              + " [{@role@: @user@, @content@: @Hello@}].",
          "{'messages':[]}|messages of the chat request is missing or empty: send a list such as"
              + " [{@role@: @user@, @content@: @Hello@}].",
          "{'messages':'secret'}|messages of the chat request is missing or empty: send a list"
              + " such as [{@role@: @user@, @content@: @Hello@}].",
          "{'messages':['secret']}|messages[0].role of the chat request is missing or unknown: use"
              + " @system@, @developer@, @user@, @assistant@ or @tool@.",
          "{'messages':[{'role':'user','content':'secret'},{'role':'secret'}]}|messages[1].role of"
              + " the chat request is missing or unknown: use @system@, @developer@, @user@,"
              + " @assistant@ or @tool@.",
          "{'messages':[{'role':'function','content':'secret'}]}|messages[0].role of the chat"
              + " request is the old @function@: use @tool@ with a tool_call_id.",
          "{'messages':[{'role':'user'}]}|messages[0].content of the chat request is missing: make"
              + " it a string or a list of parts.",
          "{'messages':[{'role':'assistant'}]}|messages[0].content of the chat request is missing:"
              + " make it a string or a list of parts.",
          "{'messages':[{'role':'user','content':7}]}|messages[0].content of the chat request has"
              + " the wrong type: make it a string or a list of parts.",
          "{'messages':[{'role':'user','content':[{'text':'secret'}]}]}|messages[0].content[0].type"
              + " of the chat request is missing or no string: add it.",
          "{'messages':[{'role':'user','content':[{'type':'text'}]}]}|messages[0].content[0].text"
              + " of the chat request is missing or no string: add it.",
          "{'messages':[{'role':'tool','content':'secret'}]}|messages[0].tool_call_id of the chat"
              + " request is missing or no string: add it.",
          "{'messages':[{'role':'assistant','tool_calls':[{'id':'a'}]}]}|messages[0].tool_calls[0]"
              + ".function.name of the chat request is missing or no string: add it.",
          "{'messages':[{'role':'assistant','function_call':{}}]}|messages[0].function_call of the"
              + " chat request is the old form: use tool_calls."
        })
    void namesTheMemberTheProblemAndTheCure(String body, String message) {
      assertThatThrownBy(() -> OpenAiChatFormat.read(json(body)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message.replace('@', '"'));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "'model':7|model of the chat request has the wrong type: make it a string.",
          "'temperature':'hot'|temperature of the chat request has the wrong type: make it a"
              + " number, such as 0.7.",
          "'max_tokens':'9'|max_tokens of the chat request has the wrong type: make it a whole"
              + " number, such as 100.",
          "'n':1.5|n of the chat request has the wrong type: make it a whole number, such as 100.",
          "'top_k':3000000000|top_k of the chat request has the wrong type: make it at most"
              + " 2147483647.",
          "'stop':[7]|stop of the chat request has the wrong type: make it a string or a list of"
              + " strings, such as [\"END\"].",
          "'stop':{}|stop of the chat request has the wrong type: make it a string or a list of"
              + " strings, such as [\"END\"]."
        })
    void namesAMemberOfTheWrongType(String member, String message) {
      assertThatThrownBy(() -> read(member))
          .hasMessage(message)
          .isInstanceOfSatisfying(
              WrongMemberException.class,
              wrong -> assertThat(message).startsWith(wrong.member() + " of the chat request "));
    }

    @Test
    void saysWhereTextIsNotJsonAndQuotesNone() {
      assertThatThrownBy(() -> OpenAiChatFormat.read("{\"messages\":\n secret"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "The body is not JSON at line 2, column 8: send a chat request such as"
                  + " {\"messages\": […]}, or text with another bodyFormat.")
          .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void saysThatThereIsNoJson(String text) {
      assertThatThrownBy(() -> OpenAiChatFormat.read(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("The body is not a JSON object");
    }

    @Test
    void refusesValuesThatAreNotJson() {
      assertThatThrownBy(() -> OpenAiChatFormat.readIfJson(Map.of("messages", new Object())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "The body holds a value that JSON cannot express: use maps, lists, strings, numbers,"
                  + " booleans and null.")
          .hasNoCause();
    }

    private ChatRequest read(String members) {
      String separator = members.isEmpty() ? "" : ",";
      return OpenAiChatFormat.read(
          json("{'messages':[{'role':'user','content':'Hi'}]" + separator + members + "}"));
    }
  }

  @Nested
  class Writing {

    private static final CompletionDefaults DEFAULTS =
        new CompletionDefaults("chatcmpl-1", "asked", Instant.ofEpochSecond(5, 999));

    @Test
    void writesWhatIsKnown() {
      ChatResponse response =
          new ChatResponse(
              "c1",
              "m",
              List.of(
                  new Choice(0, "a", "r", null, List.of(), FinishReason.STOP.saidAs("eos")),
                  new Choice(1, "", null, "no", List.of(), FinishReason.CONTENT_FILTER)),
              new Usage(3L, 2L, 1L, 0L, 1L, "{}"),
              ServerTiming.UNKNOWN);

      assertThat(OpenAiChatFormat.write(response, DEFAULTS))
          .isEqualTo(
              json(
                  "{'id':'c1','object':'chat.completion','created':5,'model':'m','choices':["
                      + "{'index':0,'message':{'role':'assistant','content':'a',"
                      + "'reasoning_content':'r','refusal':null},'logprobs':null,"
                      + "'finish_reason':'stop'},"
                      + "{'index':1,'message':{'role':'assistant','content':null,'refusal':'no'},"
                      + "'logprobs':null,'finish_reason':'content_filter'}],"
                      + "'usage':{'prompt_tokens':3,'completion_tokens':2,'total_tokens':5,"
                      + "'prompt_tokens_details':{'cached_tokens':1,'cache_write_tokens':0},"
                      + "'completion_tokens_details':{'reasoning_tokens':1}}}"));
    }

    @Test
    void writesCitationsThatHaveAUrlAndAPlaceAndHowLikelyTheTokensWere() {
      ChatResponse response =
          ChatResponse.builder()
              .add(new ChatEvent.TextDelta(0, "a"))
              .add(new ChatEvent.Cited(0, new Citation("https://h/1", "One", "q", 0, 1, "{}")))
              .add(new ChatEvent.Cited(0, new Citation("https://h/2", "Two", null, null, null, "")))
              .add(
                  new ChatEvent.TokensRated(0, List.of(new TokenProbability("a", -0.5, List.of()))))
              .build();

      assertThat(OpenAiChatFormat.write(response, DEFAULTS))
          .isEqualTo(
              json(
                  "{'id':'chatcmpl-1','object':'chat.completion','created':5,'model':'asked','choices':[{'index':0,"
                      + "'message':{'role':'assistant','content':'a','refusal':null,'annotations':[{'type':'url_citation',"
                      + "'url_citation':{'start_index':0,'end_index':1,'url':'https://h/1',"
                      + "'title':'One'}}]},'logprobs':{'content':[{'token':'a','logprob':-0.5,"
                      + "'bytes':null,'top_logprobs':[]}],'refusal':null},'finish_reason':'stop'}]}"));
    }

    @Test
    void saysWhatClientsDemandWhereTheProviderDidNot() {
      ChatResponse response =
          new ChatResponse(
              null,
              null,
              List.of(new Choice(0, "", null, null, List.of(), null)),
              Usage.UNKNOWN,
              ServerTiming.UNKNOWN);

      assertThat(OpenAiChatFormat.write(response, DEFAULTS))
          .isEqualTo(
              json(
                  "{'id':'chatcmpl-1','object':'chat.completion','created':5,'model':'asked','choices':[{'index':0,"
                      + "'message':{'role':'assistant','content':'','refusal':null},"
                      + "'logprobs':null,'finish_reason':'stop'}]}"));
    }

    @ParameterizedTest
    @CsvSource({
      "3,,{'prompt_tokens':3}",
      ",2,{'completion_tokens':2}",
      "3,0,'{''prompt_tokens'':3,''completion_tokens'':0,''total_tokens'':3}'"
    })
    void writesATotalOnlyWhereBothCountsAreKnown(
        @Nullable Long input, @Nullable Long output, String usage) {
      ChatResponse response =
          new ChatResponse(
              null,
              null,
              List.of(),
              new Usage(input, output, null, null, null, null),
              ServerTiming.UNKNOWN);

      assertThat(OpenAiChatFormat.write(response, DEFAULTS))
          .isEqualTo(
              json(
                  "{'id':'chatcmpl-1','object':'chat.completion','created':5,'model':'asked',"
                      + "'choices':[],'usage':"
                      + usage
                      + "}"));
    }

    @Test
    void writesToolCallsWithTheirArgumentsAsReceived() {
      Choice choice =
          new Choice(
              0,
              "",
              null,
              null,
              List.of(new ToolCall("x1", "f", "{\"a\":")),
              FinishReason.TOOL_CALLS);

      assertThat(
              OpenAiChatFormat.write(
                  new ChatResponse(
                      null, null, List.of(choice), Usage.UNKNOWN, ServerTiming.UNKNOWN),
                  DEFAULTS))
          .isEqualTo(
              json("{'id':'chatcmpl-1','object':'chat.completion','created':5,'model':'asked','choices':[{'index':0,"
                      + "'message':{'role':'assistant','content':null,'refusal':null,'tool_calls':[{'id':'x1',"
                      + "'type':'function','function':{'name':'f','arguments':'{@a@:'}}]},"
                      + "'logprobs':null,'finish_reason':'tool_calls'}]}")
                  .replace("@", "\\\""));
    }
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
