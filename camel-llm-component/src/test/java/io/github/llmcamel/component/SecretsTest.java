/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.testkit.CapturedLog;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.api.management.JmxSystemPropertyKeys;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A key is shown to its provider and to nobody else, whatever that one does with it. */
class SecretsTest {

  /** Some JSON writers escape the last characters. */
  private static final String KEY = "canary-7f3a91c2d4e5/b6==";

  private static final String TEXT =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"par\"}}]}\n\n";

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final LlmComponent component = new LlmComponent();
  private final DefaultCamelContext context = new DefaultCamelContext();
  private CapturedLog log = new CapturedLog();

  @BeforeAll
  static void enableJmx() {
    System.clearProperty(JmxSystemPropertyKeys.DISABLED);
  }

  @AfterEach
  void theLogHoldsNoKey() {
    context.stop();
    server.close();
    log.close();
    assertThat(log.text()).contains("is starting").doesNotContain("canary");
  }

  static List<Arguments> replies() {
    return List.of(
        arguments("its message", json(401, "{'error':{'message':'Wrong key KEY.','code':'c'}}")),
        arguments(
            "its code", json(401, "{'error':{'message':'No.','code':'KEY'},'request_id':'KEY'}")),
        arguments(
            "another member", json(400, "{'detail':[{'loc':['KEY'],'msg':'bad','input':'KEY'}]}")),
        arguments("escapes", json(401, "{'error':'canary-7f3a91c2d4e5\\/b6\\u003d\\u003d'}")),
        arguments(
            "a header", "HTTP/1.1 429 KEY\r\nx-echo: Bearer KEY\r\nx-request-id: KEY\r\n\r\nno"),
        arguments("the redirect", "HTTP/1.1 302 Found\r\nlocation: http://h/KEY\r\n\r\n"),
        arguments("text", "HTTP/1.1 500 No\r\n\r\nKEY"),
        arguments("a web page", "HTTP/1.1 200 OK\r\n\r\n<html><title>KEY</title>KEY</html>"),
        arguments("a good answer's error", json(200, "{'error':{'message':'Wrong key KEY.'}}")),
        arguments("an event", stream(TEXT + "data: {'error':{'message':'Wrong key KEY.'}}\n\n")),
        arguments("an event of text", stream(TEXT + "event: error\ndata: Wrong key KEY.\n\n")),
        arguments("what is no header", "HTTP/1.1 200 OK\r\nWrong key KEY\r\n\r\n"),
        arguments(
            "what is no chunk",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nWrong key KEY\r\n"));
  }

  @ParameterizedTest(name = "in {0}")
  @MethodSource("replies")
  void noFailureQuotesIt(String place, String reply) throws Exception {
    startAtTrace();

    for (String from : List.of("direct:whole", "direct:streamed")) {
      LlmException failure = call(from, reply);

      assertThat(
              Stream.of(
                  printed(failure),
                  failure.toString(),
                  failure.getMessage(),
                  failure.getCode(),
                  failure.getRequestId(),
                  failure.getResponseBody(),
                  failure.getResponseHeaders(),
                  failure.getUri()))
          .map(String::valueOf)
          .noneMatch(SecretsTest::hasKey);
    }
  }

  @Test
  void aFailureShowsWhereItWas() throws Exception {
    startAtTrace();

    LlmException failure =
        call("direct:whole", json(401, "{'error':{'message':'Wrong key KEY.','code':'c'}}"));

    assertThat(failure).hasMessage("acme answered 401: Wrong key ***. Check apiKey.");
    assertThat(failure.getResponseBody())
        .isEqualTo("{\"error\":{\"message\":\"Wrong key ***.\",\"code\":\"c\"}}");
  }

  @Test
  void aConfiguredKeyIsInNoBeanDumpOrName() throws Exception {
    startAtTrace();
    call("direct:whole", json(401, "{}"));

    assertThat(managed(Operations.INVOKED)).isNotEmpty().noneMatch(SecretsTest::hasKey);
    for (RouteDefinition route : context.getRouteDefinitions()) {
      assertThat(route.toString()).doesNotContain("canary");
      assertThat(PluginHelper.getModelToXMLDumper(context).dumpModelAsXml(context, route))
          .contains("llm:acme")
          .doesNotContain("canary");
      assertThat(PluginHelper.getModelToYAMLDumper(context).dumpModelAsYaml(context, route))
          .contains("llm:acme")
          .doesNotContain("canary");
    }
  }

  @Test
  void aKeyInAUriIsMaskedWhereCamelPrintsTheUri() throws Exception {
    start("llm:vllm?model=m&apiKey=" + KEY + "&baseUrl=" + server.url());
    call("direct:whole", json(401, "{'error':'KEY'}"));

    assertPrintsNoKey();
  }

  @Test
  void anAuthorizationHeaderInAUriIsMaskedWhereCamelPrintsTheUri() throws Exception {
    context.getCamelContextExtension().setAdditionalSensitiveKeywords("mine");
    start(
        "llm:vllm?model=m&baseUrl="
            + server.url()
            + "&httpHeader.Authorization=RAW(Bearer "
            + KEY
            + ")&httpHeader.X-Team=billing");
    call("direct:whole", json(401, "{'error':'KEY'}"));

    assertPrintsNoKey();
    assertThat(context.getCamelContextExtension().getAdditionalSensitiveKeywords())
        .isEqualTo("mine,authorization");
  }

  private void assertPrintsNoKey() throws JMException {
    assertThat(context.getEndpoints()).map(Endpoint::toString).noneMatch(SecretsTest::hasKey);
    assertThat(context.getRouteDefinitions()).map(String::valueOf).noneMatch(SecretsTest::hasKey);
    assertThat(managed(Operations.LEFT_ALONE)).isNotEmpty().noneMatch(SecretsTest::hasKey);
  }

  @Test
  void nothingOfOursPrintsIt() throws Exception {
    startAtTrace();
    ProviderOptions options = Objects.requireNonNull(component.getProviders().get("acme"));
    LlmEndpoint endpoint = context.getEndpoint("llm:acme?model=m", LlmEndpoint.class);

    assertThat(
            Stream.of(
                component,
                component.getConfiguration(),
                options,
                endpoint,
                endpoint.getConfiguration(),
                endpoint.settings(),
                endpoint.settings().destination()))
        .map(Object::toString)
        .noneMatch(SecretsTest::hasKey);
  }

  /** Everything of ours and of Camel is logged; the HTTP library's own log shows what it sends. */
  private void startAtTrace() throws Exception {
    ProviderOptions options = new ProviderOptions();
    options.setApiKey(KEY);
    options.setBaseUrl(server.url() + "/v1");
    component.setProviders(Map.of("acme", options));
    component.getConfiguration().setApiKey("canary-of-the-component");
    component.getConfiguration().setHttpHeader(Map.of("Authorization", "Bearer canary-header"));
    log.close();
    log = CapturedLog.atTrace("io.github.llmcamel", "org.apache.camel");
    start("llm:acme?model=m");
  }

  private void start(String llm) throws Exception {
    context.addComponent("llm", component);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:whole").to(llm);
            from("direct:streamed").to(llm + "&streamMode=aggregate");
          }
        });
    context.start();
  }

  /** Sends a message; the server answers with what it was shown in place of KEY. */
  private LlmException call(String from, String reply) throws Exception {
    CompletableFuture<Exchange> result =
        context.createProducerTemplate().asyncSend(from, e -> e.getMessage().setBody("Hi."));
    Peer peer = server.accept();
    String shown = Objects.requireNonNull(peer.headers().get("Authorization"));
    assertThat(shown).isEqualTo("Bearer " + KEY);
    peer.send(reply.replace("KEY", shown.substring("Bearer ".length())));
    peer.close();
    return Objects.requireNonNull(result.get().getException(LlmException.class));
  }

  private static String json(int status, String body) {
    return "HTTP/1.1 %d Scripted\r\ncontent-type: application/json\r\n\r\n%s"
        .formatted(status, body.replace('\'', '"'));
  }

  private static String stream(String events) {
    return "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n" + events.replace('\'', '"');
  }

  private static String printed(Throwable failure) {
    StringWriter printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed));
    return printed.toString();
  }

  private static boolean hasKey(String text) {
    return text.contains("canary");
  }

  private enum Operations {
    INVOKED,
    LEFT_ALONE
  }

  /** The names, attributes and, if wanted, dumps of all that Camel manages. */
  private static List<String> managed(Operations operations) throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    List<String> shown = new ArrayList<>();
    for (ObjectName name : beans.queryNames(new ObjectName("org.apache.camel:*"), null)) {
      shown.add(name.toString());
      for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
        shown.add(shown(() -> beans.getAttribute(name, attribute.getName())));
      }
      for (MBeanOperationInfo operation : beans.getMBeanInfo(name).getOperations()) {
        if (operations == Operations.INVOKED && isDump(operation)) {
          shown.add(
              shown(() -> beans.invoke(name, operation.getName(), new Object[0], new String[0])));
        }
      }
    }
    return shown;
  }

  private static boolean isDump(MBeanOperationInfo operation) {
    return operation.getSignature().length == 0
        && operation.getName().matches("(dump|list|browse|explain).*");
  }

  private static String shown(Asked asked) throws JMException {
    try {
      return String.valueOf(asked.answer());
    } catch (RuntimeMBeanException e) {
      // Some dumps need what is not on the class path; what they say must be harmless as well.
      return printed(e);
    }
  }

  @FunctionalInterface
  private interface Asked {
    Object answer() throws JMException;
  }
}
