/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Images, documents and recordings as message bodies, over real HTTP in every protocol. */
class LlmMediaRouteTest extends CamelTestSupport {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] BYTES = {(byte) 0xFB, (byte) 0xFF, 0};
  private static final String PNG = "image/png";

  @RegisterExtension
  static final WireMockExtension server =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  @TempDir static Path folder;

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        String base = "model=m&baseUrl=" + server.baseUrl();
        String ask = "&userMessage=What is it?";
        from("direct:openai").to("llm:vllm?" + base + "/v1" + ask);
        from("direct:alone").to("llm:vllm?" + base + "/v1&maxMediaBytes=3");
        from("direct:text").to("llm:vllm?" + base + "/v1&bodyFormat=text");
        from("direct:ollama").to("llm:ollama?" + base + ask);
        from("direct:anthropic").to("llm:anthropic?apiKey=k&" + base + ask);
        from("direct:twice")
            .toV("llm:vllm?" + base + "/v1", null, "first")
            .to("llm:vllm?" + base + "/v1");
        from("direct:simulator").to("llm:simulator?model=demo&userMessage=Describe it.");
        from("file:" + folder + "?noop=true&fileName=scan.pdf&initialDelay=0")
            .routeId("files")
            .autoStartup(false)
            .to("llm:vllm?" + base + "/v1" + ask)
            .to("mock:answers");
      }
    };
  }

  @BeforeEach
  void answerEverything() {
    server.stubFor(any(anyUrl()).willReturn(okJson("{}")));
    server.stubFor(
        post("/v1/chat/completions")
            .willReturn(
                okJson(
                    "{\"choices\":[{\"message\":{\"content\":\"A cat.\"},"
                        + "\"finish_reason\":\"stop\"}]}")));
  }

  @Test
  void theBodyStandsBeforeThePromptInOneUserMessage() {
    assertThat(request("direct:openai", BYTES, Map.of(Exchange.CONTENT_TYPE, PNG)).getBody())
        .isEqualTo("A cat.");

    assertMessages(
        "[{'role':'user','content':["
            + "{'type':'image_url','image_url':{'url':'data:image/png;base64,+/8A'}},"
            + "{'type':'text','text':'What is it?'}]}]");
  }

  @Test
  void thePromptMayComeInAHeader() {
    request(
        "direct:alone",
        BYTES,
        Map.of(Exchange.CONTENT_TYPE, "audio/mpeg", LlmConstants.USER_MESSAGE, "Write it down."));

    assertMessages(
        "[{'role':'user','content':["
            + "{'type':'input_audio','input_audio':{'data':'+/8A','format':'mp3'}},"
            + "{'type':'text','text':'Write it down.'}]}]");
  }

  @Test
  void withoutAPromptTheBodyIsTheWholeMessage() throws IOException {
    Path file = Files.write(folder.resolve("letter.pdf"), BYTES);

    request("direct:alone", file.toFile(), Map.of());

    assertMessages(
        "[{'role':'user','content':[{'type':'file','file':{'filename':'letter.pdf',"
            + "'file_data':'data:application/pdf;base64,+/8A'}}]}]");
  }

  @Test
  void aFileConsumersFileIsADocument() throws Exception {
    Files.write(folder.resolve("scan.pdf"), BYTES);
    getMockEndpoint("mock:answers").expectedBodiesReceived("A cat.");

    context.getRouteController().startRoute("files");

    getMockEndpoint("mock:answers").assertIsSatisfied();
    assertMessages(
        "[{'role':'user','content':[{'type':'file','file':{'filename':'scan.pdf',"
            + "'file_data':'data:application/pdf;base64,+/8A'}},"
            + "{'type':'text','text':'What is it?'}]}]");
  }

  @Test
  void ollamaGetsBareBase64() {
    request("direct:ollama", new ByteArrayInputStream(BYTES), Map.of(Exchange.CONTENT_TYPE, PNG));

    assertMessages("[{'role':'user','content':'What is it?','images':['+/8A']}]");
  }

  @Test
  void anthropicGetsBlocks() {
    request("direct:anthropic", URI.create("https://h/a.pdf"), Map.of());
    assertMessages(
        "[{'role':'user','content':["
            + "{'type':'document','source':{'type':'url','url':'https://h/a.pdf'}},"
            + "{'type':'text','text':'What is it?'}]}]");

    server.resetRequests();
    request("direct:anthropic", BYTES, Map.of(Exchange.FILE_NAME, "in/cat.webp"));
    assertMessages(
        "[{'role':'user','content':[{'type':'image','source':"
            + "{'type':'base64','media_type':'image/webp','data':'+/8A'}},"
            + "{'type':'text','text':'What is it?'}]}]");
  }

  @Test
  void severalPartsAreOneMessage() {
    Part image = new Part.Media(Part.Media.Kind.IMAGE, "https://h/a.png", null, null);

    request("direct:openai", List.of(image, image), Map.of());

    assertMessages(
        "[{'role':'user','content':["
            + "{'type':'image_url','image_url':{'url':'https://h/a.png'}},"
            + "{'type':'image_url','image_url':{'url':'https://h/a.png'}},"
            + "{'type':'text','text':'What is it?'}]}]");
  }

  @Test
  void aStreamIsStillThereForTheNextCall() {
    request("direct:twice", new ByteArrayInputStream(BYTES), Map.of(Exchange.CONTENT_TYPE, PNG));

    assertThat(server.getAllServeEvents())
        .hasSize(2)
        .allSatisfy(
            event ->
                assertThat(event.getRequest().getBodyAsString())
                    .contains("data:image/png;base64,+/8A"));
  }

  @Test
  void asTextTheBodyIsTextWhateverItsType() {
    byte[] text = "text".getBytes(StandardCharsets.UTF_8);

    request("direct:text", text, Map.of(Exchange.CONTENT_TYPE, PNG));

    assertMessages("[{'role':'user','content':'text'}]");
  }

  @Test
  void bytesOfTextAreReadInTheCharsetOfTheirType() {
    byte[] text = "Grüße".getBytes(StandardCharsets.ISO_8859_1);

    request("direct:alone", text, Map.of(Exchange.CONTENT_TYPE, "text/plain; charset=ISO-8859-1"));
    assertMessages("[{'role':'user','content':'Grüße'}]");

    assertThat(
            request("direct:alone", text, Map.of(Exchange.CONTENT_TYPE, "text/plain; charset=x-y"))
                .getExchange()
                .getException())
        .hasMessageContaining("Content-Type names a charset that is not known");
  }

  @Test
  void theLimitHoldsForTheWholeRequestHoweverItCame() {
    Part image = Part.Media.of(PNG, new byte[2], null);

    Object url = Map.of("url", "data:image/png;base64,AAAAAA==");
    Object content = List.of(Map.of("type", "image_url", "image_url", url));
    Object openAi = Map.of("messages", List.of(Map.of("role", "user", "content", content)));

    for (Object body :
        List.of(
            new byte[4], new ByteArrayInputStream(new byte[4]), List.of(image, image), openAi)) {
      Exchange result =
          request("direct:alone", body, Map.of(Exchange.CONTENT_TYPE, PNG)).getExchange();

      assertThat(result.getException())
          .isInstanceOf(LlmRequestException.class)
          .hasMessageStartingWith("The message cannot be sent to vllm. ")
          .hasMessageContaining("more than 3 bytes. Raise the option maxMediaBytes");
    }
    assertThat(server.getAllServeEvents()).isEmpty();
  }

  @Test
  void theSimulatorSaysWhatItGot() {
    assertThat(
            request("direct:simulator", BYTES, Map.of(Exchange.FILE_NAME, "invoice.pdf")).getBody())
        .isEqualTo("[simulated] The document invoice.pdf.");
  }

  private static void assertMessages(String expected) {
    assertThat(server.getAllServeEvents()).hasSize(1);
    JsonNode sent = json(server.getAllServeEvents().get(0).getRequest().getBodyAsString());
    assertThat(sent.path("messages")).isEqualTo(json(expected.replace('\'', '"')));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private org.apache.camel.Message request(
      String endpoint, Object body, Map<String, Object> headers) {
    return template
        .request(
            endpoint,
            exchange -> {
              exchange.getMessage().setBody(body);
              headers.forEach(exchange.getMessage()::setHeader);
            })
        .getMessage();
  }
}
