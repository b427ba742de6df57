/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.Sampling;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestWriterTest {

  private static final ChatRequest HI =
      ChatRequest.builder().model("m").message(Message.user("Hi")).build();
  private static final String MESSAGES = "'messages':[{'role':'user','content':'Hi'}]";

  @Test
  void sendsNothingTheUserDidNotSetButTheLimitThatMustBeThere() throws LlmException {
    WireRequest request = new AnthropicCodec().encode(HI, Delivery.WHOLE, Wire.ANYWHERE);

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.headers())
        .isEqualTo(
            Map.of(
                "anthropic-version", "2023-06-01",
                "Content-Type", "application/json",
                "Accept", "application/json"));
    assertThat(Wire.body(request))
        .isEqualTo(Wire.json("{'model':'m',%s,'max_tokens':4096}", MESSAGES));
  }

  @Test
  void asksForAStream() throws LlmException {
    WireRequest request = new AnthropicCodec().encode(HI, Delivery.STREAMED, Wire.ANYWHERE);

    assertThat(request.headers()).containsEntry("Accept", "text/event-stream");
    assertThat(Wire.body(request))
        .isEqualTo(Wire.json("{'model':'m',%s,'max_tokens':4096,'stream':true}", MESSAGES));
  }

  @Test
  void sendsEverythingTheProtocolCanExpress() throws LlmException {
    Sampling sampling =
        new Sampling(0.5, 0.9, 40, 100, List.of("END", "."), null, 0.0, 0.0, 1, "low");
    ChatRequest request =
        HI.toBuilder().sampling(sampling).user("u1").message(Message.system("Be brief.")).build();

    assertThat(Wire.body(request))
        .isEqualTo(
            Wire.json(
                "{'model':'m','system':'Be brief.',%s,'max_tokens':100,'temperature':0.5,"
                    + "'top_p':0.9,'top_k':40,'stop_sequences':['END','.'],"
                    + "'metadata':{'user_id':'u1'},'output_config':{'effort':'low'}}",
                MESSAGES));
  }

  @ParameterizedTest
  @CsvSource({
    "seed, 7, , , ",
    "frequencyPenalty, , 0.1, , ",
    "presencePenalty, , , -0.1, ",
    "choiceCount, , , , 2"
  })
  void refusesWhatTheProtocolCannotExpress(
      String parameter,
      @Nullable Long seed,
      @Nullable Double frequencyPenalty,
      @Nullable Double presencePenalty,
      @Nullable Integer choiceCount) {
    Sampling sampling =
        new Sampling(
            null,
            null,
            null,
            null,
            List.of(),
            seed,
            frequencyPenalty,
            presencePenalty,
            choiceCount,
            null);

    assertThatThrownBy(() -> Wire.body(HI.toBuilder().sampling(sampling).build()))
        .isInstanceOf(LlmRequestException.class)
        .hasMessage(
            "The request to acme cannot be written: %s has no counterpart in Anthropic's protocol."
                + " Leave it out, or use another provider.",
            parameter);
  }

  @Test
  void leavesOutWhatTheProtocolCannotExpressForALenientDestination() throws LlmException {
    Sampling sampling = new Sampling(0.5, null, null, null, List.of(), 7L, null, 0.1, 2, null);
    ChatRequest request =
        HI.toBuilder().sampling(sampling).responseFormat(new ResponseFormat.Json()).build();

    WireRequest written =
        new AnthropicCodec()
            .encode(request, Delivery.WHOLE, Wire.ANYWHERE.withLenientParameters(true));

    assertThat(Wire.body(written))
        .isEqualTo(Wire.json("{'model':'m',%s,'max_tokens':4096,'temperature':0.5}", MESSAGES));
    assertThat(written.dropped())
        .containsExactly("seed", "presencePenalty", "choiceCount", "responseFormat=json");
  }

  @Test
  void mergesExtrasOverEverythingButTheCallItself() throws LlmException {
    Map<String, Object> extras = new LinkedHashMap<>();
    extras.put("max_tokens", 7);
    extras.put("thinking", Map.of("type", "adaptive"));
    extras.put("metadata", Map.of("team", "t1"));
    extras.put("model", "other");
    extras.put("messages", List.of());
    extras.put("stream", true);
    ChatRequest request = HI.toBuilder().user("u1").extras(extras).build();

    assertThat(Wire.body(request))
        .isEqualTo(
            Wire.json(
                "{'model':'m',%s,'max_tokens':7,'metadata':{'user_id':'u1','team':'t1'},"
                    + "'thinking':{'type':'adaptive'}}",
                MESSAGES));
  }

  @Test
  void sendsNothingOfOpenAisAccountsButWhatTheProtocolHas() throws LlmException {
    Map<String, Object> extras =
        Map.of("store", true, "prompt_cache_key", "k", "user", "u", "service_tier", "auto");

    assertThat(Wire.body(HI.toBuilder().extras(extras).build()))
        .isEqualTo(Wire.json("{'model':'m',%s,'max_tokens':4096,'service_tier':'auto'}", MESSAGES));
    assertThatThrownBy(
            () -> Wire.body(HI.toBuilder().extras(Map.of("logit_bias", Map.of())).build()))
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("logit_bias has no counterpart at Anthropic. Leave it out.");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.anthropic.com, https://api.anthropic.com/v1/messages",
    "https://api.anthropic.com/, https://api.anthropic.com/v1/messages",
    "https://api.anthropic.com/v1, https://api.anthropic.com/v1/messages",
    "https://api.anthropic.com/v1/messages, https://api.anthropic.com/v1/messages",
    "https://api.deepseek.com/anthropic, https://api.deepseek.com/anthropic/v1/messages",
    "http://h:8080/v1?team=a, http://h:8080/v1/messages?team=a"
  })
  void appendsItsPathToTheBaseUrl(URI base, URI expected) throws LlmException {
    assertThat(new AnthropicCodec().encode(HI, Delivery.WHOLE, Wire.destination(base)).uri())
        .isEqualTo(expected);
  }

  @Test
  void saysWithoutContentWhatIsNotJson() {
    ChatRequest request = HI.toBuilder().extras(Map.of("x", new Object())).build();

    assertThatThrownBy(() -> Wire.body(request))
        .isInstanceOf(LlmRequestException.class)
        .hasMessage(
            "The request to acme cannot be written: an extra or a message part is not JSON.")
        .hasNoCause();
  }
}
