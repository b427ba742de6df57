/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.error.LlmBudgetExceededException;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.ToolUse;
import io.github.llmcamel.provider.Auth;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Protocol;
import io.github.llmcamel.provider.Quirk;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be wrong is told when the application starts; what is right is bound as configured. */
class LlmStartUpTest {

  private final Main main = new Main();

  @AfterEach
  void stop() {
    main.stop();
  }

  @Test
  void aTableOfPricesAndABudgetOfTheConfigurationHold() throws Exception {
    main.addInitialProperty("camel.component.llm.price-table", "classpath:prices-of-a-test.csv");
    main.addInitialProperty("camel.component.llm.max-calls-per-exchange", "1");
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:start").to("llm:simulator?model=demo").to("llm:simulator?model=demo");
              }
            });
    main.start();

    LlmComponent component = main.getCamelContext().getComponent("llm", LlmComponent.class);
    assertThat(component.prices().find("simulator", "demo")).isNotNull();
    assertThatThrownBy(
            () -> main.getCamelTemplate().requestBody("direct:start", "Dear all", String.class))
        .hasRootCauseInstanceOf(LlmBudgetExceededException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llm:olama?model=m                            | There is no provider 'olama'",
        "llm:vllm?modle=m                             | modle",
        "llm:vllm?temperature=hot                     | temperature",
        "llm:vllm?temperature=3                       | temperature is 3.0; it must be from 0 to 2",
        "llm:vllm?connectTimeout=0                    | connectTimeout is 0",
        "llm:vllm?baseUrl=ftp://h                     | The option baseUrl is not an http or https URL",
        "llm:groq?model=m                             | providers[groq].api-key",
        "llm:azure_openai?apiKey=k                    | llm:azure_openai needs a base URL",
        "llm:azure_openai?apiKey=k&baseUrl=https://r.openai.azure.com/openai | has no api-version",
        "llm:vllm?stream=false&streamMode=aggregate   | streamMode contradicts stream=false",
        "llm:vertex_gemini?apiKey=k&baseUrl=https://l-aiplatform.googleapis.com | The option baseUrl names no publisher",
        "llm:vertex_gemini?apiKey=k&baseUrl=https://h/v1/projects/p/locations/l/publishers/google&operation=embeddings | llm:vertex_gemini cannot do operation=embeddings",
        "llm:vertex_gemini?apiKey=k&baseUrl=https://h/v1/projects/p/locations/l/publishers/google&operation=models | llm:vertex_gemini cannot do operation=models",
        "llm:groq?apiKey=k&operation=embeddings       | llm:groq cannot do operation=embeddings",
        "llm:vllm?maxTokens=abc                       | maxTokens is 0 (which is also what a text that is no number counts as); it must be 1 or more",
        "llm:vllm?dimensions=abc&operation=embeddings | dimensions is 0 (which is",
        "llm:vllm?maxMediaBytes=10MB                  | maxMediaBytes is 0 (which is",
        "llm:vllm?maxResponseBytes=10MB               | maxResponseBytes is 0 (which is",
        "llm:vllm?proxyHost=p&proxyPort=abc           | proxyPort is 0 (which is",
        "llm:anthropic?apiKey=k&operation=embeddings  | llm:anthropic cannot do operation=embeddings",
        "llm:vllm?operation=embedding                 | operation",
        "llm:vllm?operation=embeddings&stream=true    | stream has no meaning with operation=embeddings",
        "llm:vllm?operation=models&streamMode=live    | streamMode has no meaning with operation=models",
        "llm:vllm?operation=embeddings&topP=1         | topP has no meaning with operation=embeddings",
        "llm:vllm?operation=embeddings&outputFormat=openai | outputFormat=openai has no meaning",
        "llm:vllm?operation=embeddings&outputClass=java.util.Map | outputClass has no meaning",
        "llm:vllm?operation=embeddings&toolChoice=none | toolChoice has no meaning",
        "llm:vllm?operation=models&maxMediaBytes=5    | maxMediaBytes has no meaning",
        "llm:vllm?operation=models&dimensions=5       | dimensions has no meaning with operation=models",
        "llm:vllm?operation=models&extra.a=5          | extra has no meaning with operation=models",
        "llm:vllm?dimensions=5                        | dimensions has no meaning with operation=chat",
        "llm:vllm?maxConcurrentRequests=-1            | maxConcurrentRequests is -1",
        "llm:vllm?systemMessage=resource:classpath:no | 'classpath:no' of the option systemMessage",
        "llm:vllm?extra.a=1&extra.a.b=2               | extra.a.b",
        "llm:vllm?tools=wether                        | There is no bean 'wether' for the option tools",
        "llm:vllm?tools=#bean:wether                  | wether",
        "llm:vllm?tools=RAW([)                        | The option tools is no JSON",
        "llm:vllm?toolChoice=none&extra.tool_choice=any | extra.tool_choice contradicts tools",
        "llm:vllm?tools=RAW([{\"function\":{\"name\":\"time\"}}])&toolChoice=tome | toolChoice is 'tome'",
        "llm:vllm?responseFormat=xml                  | responseFormat",
        "llm:vllm?responseFormat=jsonSchema           | responseFormat=jsonSchema has no schema",
        "llm:vllm?responseFormat=json&jsonSchema={}   | jsonSchema contradicts responseFormat=json",
        "llm:vllm?jsonSchema=RAW({canary)             | jsonSchema is no JSON object at line 1",
        "llm:vllm?jsonSchema=resource:classpath:no    | 'classpath:no' of the option jsonSchema",
        "llm:vllm?outputClass=no.Such                 | outputClass 'no.Such' is not on the class path. Correct it.",
        "llm:vllm?outputClass=#bean:none              | none",
        "llm:vllm?outputClass=java.lang.String        | outputClass: java.lang.String has no fields",
        "llm:vllm?outputClass=io.github.llmcamel.model.ToolCall&responseFormat=text | outputClass contradicts responseFormat=text",
        "llm:vllm?outputClass=io.github.llmcamel.model.ToolCall&outputFormat=openai | outputFormat contradicts outputClass",
        "llm:vllm?outputClass=io.github.llmcamel.model.ToolCall&stream=true | outputClass contradicts streamMode=live",
        "llm:vllm?jsonSchema={}&extra.response_format.type=text | extra.response_format contradicts",
        "llm:vllm?httpVersion=3                       | httpVersion is '3'; it must be auto or 1.1",
        "llm:vllm?proxyPort=3128                      | is set, but proxyHost is not",
        "llm:vllm?nonProxyHosts=localhost             | is set, but proxyHost is not",
        "llm:vllm?proxyHost=p                         | proxyHost is set without proxyPort",
        "llm:vllm?proxyHost=RAW(http://p)&proxyPort=1 | proxyHost is not a host name",
        "llm:vllm?proxyHost=p&proxyPort=70000         | proxyPort is 70000; it must be from 1 to",
        "llm:vllm?proxyHost=p&proxyPort=1&proxyAuthPassword=x | without proxyAuthUsername",
        "llm:vllm?proxyHost=p&proxyPort=1&proxyAuthUsername=x | without proxyAuthPassword",
        "llm:vllm?sslContextParameters=#nothing       | nothing",
        "llm:vllm?forwardHeaders=X-Team,Authorization | forwardHeaders holds Authorization",
        "llm:vllm?forwardHeaders=*                    | forwardHeaders holds '*'",
        "llm:vllm?reasoningOpened=true&extractReasoning=false | reasoningOpened contradicts extractReasoning=false",
      })
  void aMistakeIsNamed(String uri, String problem) {
    assertThatThrownBy(() -> start(uri, Map.of()))
        .isInstanceOf(RuntimeCamelException.class)
        .satisfies(e -> assertThat(messages(e)).contains(problem));
  }

  /** It would count for nobody, and the calls would go where nobody meant. */
  @Test
  void theNameDefaultIsNotConfiguredLikeAProvider() {
    assertThatThrownBy(
            () ->
                start(
                    "llm:default?model=m",
                    Map.of(
                        "camel.component.llm.providers[default].base-url", "http://localhost:9")))
        .satisfies(e -> assertThat(messages(e)).contains("Set camel.component.llm.base-url"));
  }

  @Test
  void aHealthCheckOfAProviderThatHasNothingToAskIsAMistake() {
    assertThatThrownBy(
            () ->
                start(
                    "llm:vertex_gemini?model=m&apiKey=k&baseUrl=https://h/v1/publishers/google",
                    Map.of(
                        "camel.health.producers-enabled", "true",
                        "camel.component.llm.providers[vertex_gemini].health-check-enabled",
                            "true")))
        .satisfies(e -> assertThat(messages(e)).contains("nothing can be asked there"));
  }

  @Test
  void configurationIsBound() throws Exception {
    start(
        "llm:acme?streamMode=aggregate&requestTimeout=90s&extra.top_k=5&httpHeader.X-Team=billing",
        Map.of(
            "camel.component.llm.providers[acme].base-url", "http://localhost:9/v1",
            "camel.component.llm.providers[acme].api-key", "key-of-acme",
            "camel.component.llm.providers[acme].model", "m1",
            "camel.component.llm.providers[acme].protocol", "openai",
            "camel.component.llm.temperature", "0.5",
            "camel.component.llm.idle-timeout", "7s",
            "camel.component.llm.api-key", "key-of-the-default"));

    LlmSettings settings = settings();
    assertThat(settings.destination().provider().name()).isEqualTo("acme");
    assertThat(settings.destination().provider().protocol()).isEqualTo(Protocol.OPENAI);
    assertThat(settings.destination().baseUrl()).hasToString("http://localhost:9/v1");
    assertThat(settings.destination().apiKey()).extracting("value").isEqualTo("key-of-acme");
    assertThat(settings.destination().headers()).containsEntry("X-Team", "billing");
    assertThat(settings.model()).isEqualTo("m1");
    assertThat(settings.sampling().temperature()).isEqualTo(0.5);
    assertThat(settings.delivery()).isEqualTo(Delivery.STREAMED);
    assertThat(settings.extras()).isEqualTo(Map.of("top_k", 5));
    assertThat(settings.limits().timeouts().request()).isEqualTo(Duration.ofSeconds(90));
    assertThat(settings.limits().timeouts().idle()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void whatACompatibleServerIsSentIsBound() throws Exception {
    start(
        "llm:acme?model=m",
        Map.of(
            "camel.component.llm.providers[acme].base-url", "http://localhost:9/v1",
            "camel.component.llm.providers[acme].key-header", "X-Key",
            "camel.component.llm.providers[acme].max-tokens-field", "max_completion_tokens",
            "camel.component.llm.providers[acme].stream-options", "false",
            "camel.component.llm.providers[acme].max-embedding-inputs", "16",
            "camel.component.llm.providers[acme].http-header[X-Title]", "Claims"));

    Destination destination = settings().destination();
    assertThat(destination.headers()).isEqualTo(Map.of("X-Title", "Claims"));
    assertThat(destination.provider().auth()).isEqualTo(new Auth.HeaderKey("X-Key"));
    assertThat(destination.provider().maxEmbeddingInputs()).isEqualTo(16);
    assertThat(destination.provider().quirks())
        .containsExactlyInAnyOrder(Quirk.MAX_COMPLETION_TOKENS, Quirk.NO_STREAM_OPTIONS);
  }

  @Test
  void theFormOfTheAnswerIsBoundInTheWordsOfTheDocumentation() throws Exception {
    start("llm:vllm?responseFormat=jsonSchema&jsonSchema={}", Map.of());

    assertThat(settings().responseFormat())
        .isEqualTo(new ResponseFormat.JsonSchema("answer", Map.of(), null, null));
  }

  @Test
  void aSchemaIsConfiguredForAllEndpointsAndReadFromItsResource() throws Exception {
    start(
        "llm:vllm?model=m",
        Map.of("camel.component.llm.json-schema", "resource:classpath:schema.json"));

    assertThat(settings().responseFormat())
        .isEqualTo(
            new ResponseFormat.JsonSchema(
                "Invoice", Map.of("title", "Invoice", "type", "object"), null, null));
  }

  @Test
  void defaultsForChatsDoNotKeepOtherOperationsFromStarting() throws Exception {
    start(
        "llm:vllm?model=m&operation=embeddings&stream=false&extra.a=1",
        Map.of(
            "camel.component.llm.stream", "true",
            "camel.component.llm.temperature", "0.5",
            "camel.component.llm.output-class", "java.util.Map",
            "camel.component.llm.tool-choice", "none",
            "camel.component.llm.dimensions", "64"));

    assertThat(settings().operation()).isEqualTo(Operation.EMBEDDINGS);
    assertThat(settings().delivery()).isEqualTo(Delivery.WHOLE);
    assertThat(settings().extras()).isEqualTo(Map.of("a", 1));
    assertThat(settings().dimensions()).isEqualTo(64);
    assertThat(settings().tools()).isEqualTo(ToolUse.NONE);
    assertThat(settings().outputClass()).isNull();
    assertThat(settings().responseFormat()).isNull();
  }

  @Test
  void defaultIsTheConfiguredProvider() throws Exception {
    start(
        "llm:default?model=m",
        Map.of(
            "camel.component.llm.default-provider", "groq",
            "camel.component.llm.api-key", "key"));

    assertThat(settings().destination().provider().name()).isEqualTo("groq");
    assertThat(settings().destination().apiKey()).extracting("value").isEqualTo("key");
  }

  @Test
  void healthChecksAreSwitchedOnByConfiguration() throws Exception {
    start(
        "llm:openai?model=m&apiKey=key",
        Map.of(
            "camel.health.producers-enabled", "true",
            "camel.component.llm.providers[openai].health-check-enabled", "true"));

    assertThat(HealthCheckHelper.getHealthCheck(main.getCamelContext(), "producer:llm-openai"))
        .isNotNull();
  }

  @Test
  void theSimulatorAnswersWithoutANetwork() throws Exception {
    start("llm:simulator?model=demo&streamMode=aggregate", Map.of());

    assertThat(main.getCamelTemplate().requestBody("direct:in", "The sky is blue.", String.class))
        .isEqualTo("[simulated] The sky is blue.");
  }

  @Test
  void aRouteInYamlKeepsTheDocumentInTheBody() throws Exception {
    main.configure().withRoutesIncludePattern("classpath:routes/classify.yaml");
    main.start();

    Exchange result =
        main.getCamelTemplate()
            .request("direct:classify", e -> e.getMessage().setBody("INVOICE no. 7, EUR 10 due"));

    assertThat(result.getException()).isNull();
    assertThat(result.getVariable("label")).isEqualTo("invoice");
    assertThat(result.getMessage().getBody()).isEqualTo("INVOICE no. 7, EUR 10 due");
    assertThat(endpoint().settings().extras()).isEqualTo(Map.of("tokensPerSecond", 10_000));
  }

  @Test
  void anEndpointIsNoConsumer() throws Exception {
    start("llm:simulator?model=demo", Map.of());

    assertThatThrownBy(
            () -> main.getCamelContext().getEndpoint("llm:simulator").createConsumer(e -> {}))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Use it in to()");
  }

  @Test
  void anEndpointSaysWhereItGoes() throws Exception {
    start("llm:vllm?model=m&baseUrl=RAW(http://h:1/v1?key=s3cret)", Map.of());

    LlmEndpoint endpoint = endpoint();
    assertThat(endpoint.getServiceUrl()).isEqualTo("http://h:1/v1");
    assertThat(endpoint.getServiceProtocol()).isEqualTo("http");
    assertThat(endpoint.getServiceMetadata()).isEqualTo(Map.of("provider", "vllm", "model", "m"));
  }

  private void start(String uri, Map<String, String> properties) throws Exception {
    Properties overrides = new Properties();
    overrides.putAll(properties);
    main.setOverrideProperties(overrides);
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:in").to(uri);
              }
            });
    main.start();
  }

  private LlmSettings settings() {
    return endpoint().settings();
  }

  private LlmEndpoint endpoint() {
    return main.getCamelContext().getEndpoints().stream()
        .filter(LlmEndpoint.class::isInstance)
        .map(LlmEndpoint.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static String messages(Throwable thrown) {
    StringBuilder messages = new StringBuilder();
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      messages.append(at.getMessage()).append('\n');
    }
    return messages.toString();
  }

  /** As another thread finds it that asks for the same component at the same moment. */
  @Test
  void aCallWorksWithAComponentThatIsYetToBeStarted() throws Exception {
    CamelContext camel = new DefaultCamelContext();
    camel.start();
    LlmComponent component = new LlmComponent();
    component.setCamelContext(camel);
    component.init();
    Endpoint endpoint = component.createEndpoint("llm:simulator?model=demo");
    endpoint.start();

    assertThat(camel.createProducerTemplate().requestBody(endpoint, "Hi?", String.class))
        .isNotBlank();
    component.stop();
    camel.stop();
  }
}
