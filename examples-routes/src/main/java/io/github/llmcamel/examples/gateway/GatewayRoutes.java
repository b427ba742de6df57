/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import io.github.llmcamel.error.LlmException;
import org.apache.camel.builder.RouteBuilder;

/**
 * An OpenAI-compatible server in front of any model server. The same as {@code
 * routes/gateway.camel.yaml}.
 *
 * <p>One model server after the other is asked until one begins to answer; from then on its answer
 * is the client's. No request occupies a thread while a model thinks or a client is slow.
 */
public final class GatewayRoutes extends RouteBuilder {

  @Override
  public void configure() {
    onException(Exception.class).handled(true).process("refuse");

    from(post("/v1/chat/completions"))
        .routeId("chat")
        .process("readChat")
        .to("direct:firstThatAnswers")
        .process("chatAnswer");

    from(post("/v1/embeddings"))
        .routeId("embeddings")
        .process("readEmbeddings")
        .to("direct:firstThatAnswers")
        .process("embeddingsAnswer");

    from("jetty:{{gateway.address}}/v1/models?matchOnUriPrefix=true&{{gateway.server}}")
        .routeId("models")
        .process("modelList");

    from("direct:firstThatAnswers")
        .routeId("attempts")
        .errorHandler(noErrorHandler())
        .loopDoWhile(simple("${header.CamelLlmProvider} == null"))
        .bean("attempts", "next")
        .doTry()
        .toD("${variable.target}")
        .id("ask")
        .doCatch(LlmException.class)
        .bean("attempts", "failed")
        .end()
        .end();
  }

  private static String post(String path) {
    return "jetty:{{gateway.address}}" + path + "?httpMethodRestrict=POST&{{gateway.server}}";
  }
}
