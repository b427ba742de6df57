/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.Replies;
import io.github.llmcamel.codec.anthropic.AnthropicCodec;
import io.github.llmcamel.codec.gemini.GeminiCodec;
import io.github.llmcamel.codec.ollama.OllamaCodec;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes and goes in OpenAI's format loses nothing on its way. */
class PassThroughTest {

  private static final CompletionDefaults DEFAULTS =
      new CompletionDefaults("chatcmpl-1", "asked", Instant.EPOCH);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'role':'developer','content':'Be brief.'}",
        "{'role':'developer','name':'d','content':[{'type':'text','text':'Be brief.'}]}",
        "{'role':'system','name':'ann','content':'Be brief.'}",
        "{'role':'system','content':[{'type':'text','text':'a','cache_control':{'type':'ephemeral'}}]}",
        "{'role':'user','content':''}",
        "{'role':'user','content':[{'type':'text','text':'a'}]}",
        "{'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]}",
        "{'role':'user','content':[{'type':'text','text':'a','cache_control':{'type':'ephemeral','ttl':'1h'}},{'type':'text','text':'b'}]}",
        "{'role':'user','content':[]}",
        "{'role':'user','content':'a','x':{'y':[1,null,{'z':0.5}]}}",
        "{'role':'user','name':'ann','content':'a'}",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://h/a.png','detail':'low'},'cache_control':{}}]}",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://h/a.png','max_pixels':9}}]}",
        "{'role':'user','content':[{'type':'image_url','image_url':'https://h/a.png'}]}",
        "{'role':'user','content':[{'type':'file','file':{'file_data':'data:application/pdf;base64,AA=='}}]}",
        "{'role':'user','content':[{'type':'input_audio','input_audio':{'data':'AA==','format':'wav','x':1}}]}",
        "{'role':'user','content':[{'type':'of_tomorrow','x':null}]}",
        "{'role':'assistant','name':'bot','content':'a'}",
        "{'role':'assistant','content':'a','reasoning_content':'r','reasoning_details':[{'type':'reasoning.text','text':'r'}]}",
        "{'role':'assistant','content':null,'refusal':'no'}",
        "{'role':'assistant','content':'','tool_calls':[{'id':'x','type':'function','function':{'name':'f','arguments':'{}'}}]}",
        "{'role':'assistant','content':[{'type':'text','text':'a'},{'type':'refusal','refusal':'no'}]}",
        "{'role':'assistant','content':null,'audio':{'id':'a1'}}",
        "{'role':'assistant','content':null,'tool_calls':[{'id':'x','type':'function','function':{'name':'f','arguments':'{}','y':1},'extra_content':{'google':{'thought_signature':'s'}}}]}",
        "{'role':'assistant','content':null,'tool_calls':[{'id':'x','type':'custom','custom':{'name':'code','input':'print(1)'}}]}",
        "{'role':'assistant','content':null,'tool_calls':[{'id':'x','type':'custom','custom':{'name':'code','input':''}},{'id':'y','type':'function','function':{'name':'f','arguments':'{}'}}]}",
        "{'role':'tool','tool_call_id':'x','content':'1','is_error':true}",
        "{'role':'tool','tool_call_id':'x','name':'f','content':[{'type':'text','text':'1','cache_control':{}}]}"
      })
  void aMessageReachesTheProviderAsItCame(String message) throws Exception {
    String request = "{'model':'m','messages':[" + message + "]}";

    assertThat(handedOn(request, Delivery.WHOLE)).isEqualTo(json(request));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'tools':[{'type':'function','function':{'name':'f'},'cache_control':{'type':'ephemeral'}}]",
        "'tools':[{'type':'function','function':{'name':'f','strict':true,'parameters':{'type':'object'},'x':1}}]",
        "'tools':[{'type':'custom','custom':{'name':'code','format':{'type':'grammar','grammar':{'syntax':'lark','definition':'x'}}}}]",
        "'tools':[{'type':'web_search','web_search':{}}]",
        "'tool_choice':{'type':'custom','custom':{'name':'code'}}",
        "'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[]}}",
        "'response_format':{'type':'json_schema','json_schema':{'name':'a','schema':{},'x':1},'y':2}",
        "'response_format':{'type':'json_object','x':1}",
        "'service_tier':'flex'",
        "'x':{'y':[null,{'z':1}]}"
      })
  void aMemberOfTheRequestReachesTheProviderAsItCame(String member) throws Exception {
    String request = "{'model':'m','messages':[{'role':'user','content':'Hi'}]," + member + "}";

    assertThat(handedOn(request, Delivery.WHOLE)).isEqualTo(json(request));
  }

  @Test
  void optionsOfAStreamReachTheProviderBesideOurs() throws Exception {
    String request =
        "{'model':'m','messages':[{'role':'user','content':'Hi'}],'stream_options':"
            + "{'include_usage':false,'include_obfuscation':false}}";

    assertThat(handedOn(request, Delivery.STREAMED).path("stream_options"))
        .isEqualTo(json("{'include_usage':true,'include_obfuscation':false}"));
    assertThat(handedOn(request, Delivery.WHOLE).has("stream_options")).isFalse();
  }

  @Test
  void argumentsThatServersCannotReadAreMended() throws Exception {
    String call =
        "{'model':'m','messages':[{'role':'assistant','content':null,'tool_calls':[{'id':'x',"
            + "'type':'function','function':{'name':'f','arguments':%s}}]}]}";

    assertThat(handedOn(call.formatted("''"), Delivery.WHOLE))
        .isEqualTo(json(call.formatted("'{}'")));
    assertThat(handedOn(call.formatted("{}"), Delivery.WHOLE))
        .isEqualTo(json(call.formatted("'{}'")));
  }

  @ParameterizedTest
  @MethodSource
  void whatOnlyOpenAiHasIsNotSentElsewhere(ChatCodec codec) throws Exception {
    String request =
        "{'model':'m','max_tokens':5,'messages':["
            + "{'role':'developer','name':'secret','content':'Be brief.'},"
            + "{'role':'user','secret':1,'content':[{'type':'text','text':'a','secret':1},"
            + "{'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='},'secret':1}]},"
            + "{'role':'assistant','content':'b','reasoning_content':'secret','tool_calls':[{'id':"
            + "'x','type':'function','function':{'name':'f','arguments':'{}'},'secret':1}]},"
            + "{'role':'tool','tool_call_id':'x','content':'1','secret':1}],"
            + "'tools':[{'type':'function','function':{'name':'f','secret':1},'secret':1}],"
            + "'response_format':{'type':'json_schema','json_schema':{'name':'a','schema':"
            + "{'type':'object'},'secret':1}},'stream_options':{'secret':1}}";

    assertThat(written(codec, request, Delivery.WHOLE)).doesNotContain("secret");
  }

  static List<ChatCodec> whatOnlyOpenAiHasIsNotSentElsewhere() {
    return List.of(new AnthropicCodec(), new GeminiCodec(), new OllamaCodec());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'role':'assistant','content':'a','refusal':null}",
        "{'role':'assistant','content':'a','refusal':null,'annotations':[]}",
        "{'role':'assistant','content':null,'refusal':'no'}",
        "{'role':'assistant','content':'a','reasoning_content':'r','refusal':null,'reasoning_details':[{'type':'reasoning.encrypted','data':'x'}]}",
        "{'role':'assistant','content':null,'refusal':null,'tool_calls':[{'id':'x','type':'custom','custom':{'name':'code','input':'print(1)'}}]}",
        "{'role':'assistant','content':null,'refusal':null,'tool_calls':[{'id':'x','type':'function','function':{'name':'f','arguments':'{}'},'extra_content':{'google':{'thought_signature':'s'}}}]}",
        "{'role':'assistant','content':'','refusal':null,'audio':{'id':'a1','data':'AA==','expires_at':5,'transcript':'t'}}",
        "{'role':'assistant','content':'a','refusal':null,'annotations':[{'type':'url_citation','url_citation':{'url':'u','title':'t','x':1}},{'type':'file_citation','file_citation':{'file_id':'f'}}]}"
      })
  void aMessageOfAnAnswerReachesTheClientAsItCame(String message) throws Exception {
    String word = message.contains("tool_calls") ? "tool_calls" : "stop";
    String answer =
        "{'id':'c1','object':'chat.completion','created':5,'model':'m','system_fingerprint':'fp',"
            + "'service_tier':'default','choices':[{'index':0,'message':"
            + message
            + ",'logprobs':null,'finish_reason':'"
            + word
            + "','content_filter_results':{'hate':{'filtered':false}}}],'usage':{'prompt_tokens':3,"
            + "'completion_tokens':2,'total_tokens':5,'prompt_tokens_details':{'cached_tokens':0,"
            + "'audio_tokens':0},'completion_tokens_details':{'reasoning_tokens':0,"
            + "'accepted_prediction_tokens':0},'cost':0.5},'x_vendor':{'y':[1]}}";

    ChatResponse read =
        new OpenAiCodec()
            .decode(Replies.head(200), json(answer).toString().getBytes(StandardCharsets.UTF_8));

    assertThat(Json.read(OpenAiChatFormat.write(read, DEFAULTS))).isEqualTo(json(answer));
  }

  @Test
  void bytesOfTokensReachTheClient() throws Exception {
    String token =
        "{'token':'a','logprob':-0.5,'bytes':[97],'top_logprobs':[{'token':'b','logprob':-1.5,'bytes':null}]}";
    String answer =
        "{'id':'c1','object':'chat.completion','created':5,'model':'m','choices':[{'index':0,"
            + "'message':{'role':'assistant','content':'a','refusal':null},'logprobs':{'content':["
            + token
            + "],'refusal':null},'finish_reason':'stop'}]}";

    ChatResponse read =
        new OpenAiCodec()
            .decode(Replies.head(200), json(answer).toString().getBytes(StandardCharsets.UTF_8));

    assertThat(Json.read(OpenAiChatFormat.write(read, DEFAULTS))).isEqualTo(json(answer));
  }

  /** The request as a provider that speaks OpenAI's protocol is sent it. */
  private static JsonNode handedOn(String request, Delivery delivery) throws Exception {
    return Json.read(written(new OpenAiCodec(), request, delivery));
  }

  private static String written(ChatCodec codec, String request, Delivery delivery)
      throws LlmException, JsonProcessingException {
    Provider acme = Provider.builder("acme").build();
    Destination anywhere = new Destination(acme, URI.create("http://h/v1"), null, Map.of());
    ChatRequest read = OpenAiChatFormat.readIfJson(json(request)).orElseThrow();
    return new String(codec.encode(read, delivery, anywhere).body(), StandardCharsets.UTF_8);
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return Json.read(text.replace('\'', '"'));
  }
}
