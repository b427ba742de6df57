/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.llmcamel.client.Reading;
import io.github.llmcamel.codec.ReasoningTags;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.model.ToolUse;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.transport.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsResolverTest {

  private final LlmConfiguration uri = new LlmConfiguration();
  private final LlmConfiguration component = new LlmConfiguration();
  private final ProviderOptions provider = new ProviderOptions();
  private final Map<String, String> variables = new HashMap<>();

  @Test
  void theModelComesFromTheUriThenTheProviderThenTheComponentThenTheEnvironment() {
    assertThat(resolve().model()).isNull();
    variables.put("DEFAULT_MODEL", "from-environment");
    assertThat(resolve().model()).isEqualTo("from-environment");
    component.setModel("from-component");
    assertThat(resolve().model()).isEqualTo("from-component");
    provider.setModel("from-provider");
    assertThat(resolve().model()).isEqualTo("from-provider");
    uri.setModel("from-uri");
    assertThat(resolve().model()).isEqualTo("from-uri");
  }

  @Test
  void whatNobodySetIsAbsent() {
    LlmSettings settings = resolve();

    assertThat(settings.sampling()).isEqualTo(io.github.llmcamel.model.Sampling.NONE);
    assertThat(settings.extras()).isEmpty();
    assertThat(settings.user()).isNull();
    assertThat(settings.systemMessage()).isNull();
    assertThat(settings.delivery()).isEqualTo(Delivery.WHOLE);
    assertThat(settings.bodyFormat()).isEqualTo(BodyFormat.AUTO);
    assertThat(settings.outputFormat()).isEqualTo(OutputFormat.TEXT);
    assertThat(settings.limits().timeouts().connect()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.limits().timeouts().firstByte()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.limits().timeouts().idle()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.limits().timeouts().request()).isEqualTo(Duration.ofMinutes(30));
    assertThat(settings.mediaLimit().bytes()).isEqualTo(20 * 1024 * 1024);
    assertThat(settings.limits().maxResponseBytes()).isEqualTo(64 * 1024 * 1024);
  }

  @Test
  void theUriGoesBeforeTheComponentOptionByOption() {
    component.setTemperature(0.1);
    component.setMaxTokens(10);
    component.setStop("A,B");
    component.setSystemMessage("component");
    uri.setTemperature(0.9);
    uri.setSystemMessage("uri");

    LlmSettings settings = resolve();

    assertThat(settings.sampling().temperature()).isEqualTo(0.9);
    assertThat(settings.sampling().maxTokens()).isEqualTo(10);
    assertThat(settings.sampling().stop()).containsExactly("A", "B");
    assertThat(settings.systemMessage()).isEqualTo("uri");
  }

  @Test
  void extrasAreReadAsJsonNestedAndMergedIntoAFreshMap() {
    component.setExtra(new HashMap<>(Map.of("num_ctx", "8192", "think", "false")));
    uri.setExtra(new HashMap<>(Map.of("think", "true", "a.b", "1", "word", "low")));

    assertThat(resolve().extras())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("num_ctx", 8192, "think", true, "a", Map.of("b", 1), "word", "low"));
    assertThat(component.getExtra()).containsEntry("think", "false").hasSize(2);
  }

  @Test
  void theResponseFormatIsNoExtra() {
    component.setExtra(new HashMap<>(Map.of("format", "json")));
    uri.setResponseFormat(ResponseFormatType.JSON);

    assertThat(resolve().responseFormat()).isEqualTo(new ResponseFormat.Json());
    assertThat(resolve().extras()).containsExactly(Map.entry("format", "json"));
  }

  @Test
  void onlyALenientEndpointLeavesParametersOut() {
    assertThat(resolve().destination().lenientParameters()).isFalse();
    component.setLenientParameters(true);
    assertThat(resolve().destination().lenientParameters()).isTrue();
    uri.setLenientParameters(false);
    assertThat(resolve().destination().lenientParameters()).isFalse();
  }

  @Test
  void reasoningIsSplitOffOnlyWhereThatWasSaid() {
    assertThat(resolve().reading()).isEqualTo(Reading.DEFAULT);
    component.setReasoningOpened(true);
    assertThat(resolve().reading().reasoning()).isEqualTo(ReasoningTags.SPLIT_OFF_OPENED);
    uri.setExtractReasoning(true);
    assertThat(resolve().reading().reasoning()).isEqualTo(ReasoningTags.SPLIT_OFF);
    uri.setExtractReasoning(false);
    assertThat(resolve().reading().reasoning()).isEqualTo(ReasoningTags.KEPT);
  }

  @Test
  void theResponseFormatIsRefusedBesideTheExtraOfItsName() {
    component.setExtra(new HashMap<>(Map.of("response_format.type", "json_object")));
    uri.setJsonSchema("{\"title\":\"canary\"}");

    assertThatIllegalArgumentException()
        .isThrownBy(this::resolve)
        .withMessage(
            "extra.response_format contradicts responseFormat, jsonSchema and outputClass. Remove it or them.");
  }

  @Test
  void anOutputClassOfTheUriGoesBeforeWhatTheComponentSaysOfAnswers() {
    component.setOutputFormat(OutputFormat.RESPONSE);
    component.setResponseFormat(ResponseFormatType.TEXT);
    uri.setOutputClass(ToolCall.class);

    LlmSettings settings = resolve();

    assertThat(requireNonNull(settings.outputClass()).name()).isEqualTo("ToolCall");
    assertThat(settings.outputFormat()).isEqualTo(OutputFormat.TEXT);
    assertThat(settings.responseFormat()).isInstanceOf(ResponseFormat.JsonSchema.class);
  }

  @Test
  void aFormOfTheUriIsNotReadIntoTheComponentsClass() {
    component.setOutputClass(ToolCall.class);
    uri.setResponseFormat(ResponseFormatType.JSON);

    assertThat(resolve().outputClass()).isNull();
  }

  @Test
  void toolsGoBeforeTheComponentsOptionByOption() {
    component.setTools(new Tool.Function("weather", null, null));
    component.setToolChoice("required");
    uri.setTools(new Tool.Function("clock", null, null));

    assertThat(resolve().tools())
        .isEqualTo(
            new ToolUse(
                List.of(new Tool.Function("clock", null, null)), ToolChoice.REQUIRED, null));
  }

  @Test
  void settingAStreamModeStreams() {
    uri.setStreamMode(StreamMode.AGGREGATE);

    assertThat(resolve().delivery()).isEqualTo(Delivery.STREAMED);
  }

  @Test
  void theComponentsStreamModeCountsForAnEndpointThatOnlySwitchesStreamingOn() {
    component.setStreamMode(StreamMode.AGGREGATE);
    uri.setStream(true);
    assertThat(resolve().delivery()).isEqualTo(Delivery.STREAMED);
    uri.setStream(false);
    assertThat(resolve().delivery()).isEqualTo(Delivery.WHOLE);
  }

  @Test
  void aStreamModeWithoutStreamingIsRefused() {
    uri.setStream(false);
    uri.setStreamMode(StreamMode.AGGREGATE);

    assertThatIllegalArgumentException()
        .isThrownBy(this::resolve)
        .withMessageContaining("streamMode")
        .withMessageContaining("stream=false");
  }

  @Test
  void streamingIsLiveUnlessSomebodySaysOtherwise() {
    uri.setStream(true);

    assertThat(resolve().streamMode()).isEqualTo(StreamMode.LIVE);
  }

  static List<Arguments> valuesOutOfRange() {
    return List.of(
        refused("queueTimeout", c -> c.setQueueTimeout(Duration.ofSeconds(-1))),
        refused("consumerTimeout", c -> c.setConsumerTimeout(Duration.ofSeconds(-1))),
        refused("maxConcurrentRequests", c -> c.setMaxConcurrentRequests(-1)),
        refused("maxQueuedRequests", c -> c.setMaxQueuedRequests(-1)),
        refused("temperature", c -> c.setTemperature(-0.1)),
        refused("temperature", c -> c.setTemperature(2.1)),
        refused("temperature", c -> c.setTemperature(Double.NaN)),
        refused("topP", c -> c.setTopP(0.0)),
        refused("topP", c -> c.setTopP(1.1)),
        refused("topK", c -> c.setTopK(0)),
        refused("maxTokens", c -> c.setMaxTokens(0)),
        refused("frequencyPenalty", c -> c.setFrequencyPenalty(-2.1)),
        refused("presencePenalty", c -> c.setPresencePenalty(2.1)),
        refused("choiceCount", c -> c.setChoiceCount(0)),
        refused("connectTimeout", c -> c.setConnectTimeout(Duration.ZERO)),
        refused("connectTimeout", c -> c.setConnectTimeout(Duration.ofSeconds(-1))),
        refused("firstByteTimeout", c -> c.setFirstByteTimeout(Duration.ofMillis(-1))),
        refused("idleTimeout", c -> c.setIdleTimeout(Duration.ofMillis(-1))),
        refused("requestTimeout", c -> c.setRequestTimeout(Duration.ofMillis(-1))),
        refused("maxMediaBytes", c -> c.setMaxMediaBytes(0)),
        refused("maxMediaBytes", c -> c.setMaxMediaBytes(Integer.MAX_VALUE)),
        refused("maxResponseBytes", c -> c.setMaxResponseBytes(0L)),
        refused("maxResponseBytes", c -> c.setMaxResponseBytes(Long.MAX_VALUE)));
  }

  private static Arguments refused(String option, Consumer<LlmConfiguration> setting) {
    return Arguments.of(option, setting);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("valuesOutOfRange")
  void aValueOutOfRangeIsRefusedNamingTheOption(String option, Consumer<LlmConfiguration> setting) {
    setting.accept(uri);

    assertThatIllegalArgumentException()
        .isThrownBy(this::resolve)
        .withMessageStartingWith(option + " is ")
        .withMessageContaining("must be");
  }

  private LlmSettings resolve() {
    Provider vllm = Providers.find("vllm").orElseThrow();
    return new SettingsResolver(
            uri, component, new Environment(variables::get), new DefaultCamelContext())
        .resolve(
            provider,
            new Destination(vllm, URI.create("http://localhost:8000/v1"), null, Map.of()),
            HttpSettings.DEFAULT);
  }
}
