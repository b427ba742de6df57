/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.component.LlmEndpoint;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.processor.SendProcessor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.URISupport;

/** The simulator, asked as a model would be. */
final class Simulated extends DelegateAsyncProcessor {

  private static final Set<String> OF_THE_PROVIDER = Set.of("model", "baseUrl", "apiKey");
  private static final String DEMO = "demo";

  private Simulated(SendProcessor simulator) {
    super(simulator);
  }

  /** A node that asks the simulator what {@code send} would ask {@code endpoint}. */
  static Processor inPlaceOf(SendProcessor send, LlmEndpoint endpoint) {
    SendProcessor simulated =
        new SendProcessor(endpoint.getCamelContext().getEndpoint(uri(endpoint)));
    simulated.setVariableReceive(send.getVariableReceive());
    simulated.setVariableSend(send.getVariableSend());
    return new Simulated(simulated);
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    ServiceHelper.startService(processor); // Camel does so with the node that this stands for.
    return super.process(exchange, callback);
  }

  private static String uri(LlmEndpoint endpoint) {
    try {
      String uri = endpoint.getEndpointUri();
      int query = uri.indexOf('?');
      Map<String, Object> options =
          URISupport.parseQuery(query < 0 ? "" : uri.substring(query + 1)); // still encoded
      options.keySet().removeAll(OF_THE_PROVIDER);
      options.put("model", DEMO);
      return "llm:simulator?" + URISupport.createQueryString(options, false);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Camel's own URI cannot be read.", e);
    }
  }
}
