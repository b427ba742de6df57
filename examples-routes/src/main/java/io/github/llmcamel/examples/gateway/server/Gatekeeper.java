/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.access.ApiKey;
import io.github.llmcamel.examples.gateway.access.ApiKeys;
import io.github.llmcamel.examples.gateway.access.Authentication;
import io.github.llmcamel.examples.gateway.access.RequestRate;
import io.github.llmcamel.examples.gateway.access.RequestRates;
import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.settings.GatewaySettings;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Lets in who may ask, for what there is. It looks at the head of a request alone. */
final class Gatekeeper extends Handler.Wrapper {

  private static final Pattern JSON =
      Pattern.compile("(?i)application/json *(; *charset *= *\"?utf-8\"? *)?");

  private final Supplier<GatewaySettings> settings;
  private final OpenRequests open;
  private final RequestRates rates = new RequestRates();
  private volatile @Nullable ApiKeys counted;

  Gatekeeper(Supplier<GatewaySettings> settings, OpenRequests open) {
    this.settings = settings;
    this.open = open;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    OpenAiError refusal = refusal(request, response);
    if (refusal != null) {
      Refusal.write(request, response, callback, refusal);
      return true;
    }
    return super.handle(request, response, callback);
  }

  private @Nullable OpenAiError refusal(Request request, Response response) {
    GatewayRequest observed = Objects.requireNonNull(GatewayRequest.of(request));
    GatewaySettings now = settings.get();
    OpenAiError unauthenticated = refusalOfCaller(observed.caller());
    if (unauthenticated != null) {
      return unauthenticated;
    }
    ApiPath path = observed.path();
    if (!path.isServed()) {
      return OpenAiError.invalid(
          404,
          "unknown_path",
          "There is nothing at this path. The API begins with /v1, such as /v1/chat/completions.");
    }
    if (!path.methods().contains(request.getMethod())) {
      String allowed = String.join(", ", path.methods());
      response.getHeaders().put(HttpHeader.ALLOW, allowed);
      return OpenAiError.invalid(
          405, "method_not_allowed", "This path answers to %s only.".formatted(allowed));
    }
    if (open.isDraining()) {
      return OpenAiError.server(
          503, "shutting_down", "The gateway is stopping. Try again; another one may answer.");
    }
    forgetKeysThatAreGone(now.keys());
    OpenAiError tooMany = refusalOfRate(observed.key(), response);
    return tooMany == null && path.asksModel() ? refusalOfBody(request, now) : tooMany;
  }

  private static @Nullable OpenAiError refusalOfCaller(Caller caller) {
    if (caller.refused() != null) {
      return OpenAiError.unauthenticated(
          caller.refused() == Authentication.Reason.MISSING
              ? "There is no key. Send it as Authorization: Bearer sk-…"
              : "The key is not known here. Check it, or ask whoever runs the gateway for one.");
    }
    return caller.isKnown()
        ? null
        : OpenAiError.invalid(
            403,
            Rejections.NOT_LOCAL,
            "Without keys the gateway answers this machine alone, by its name localhost or its"
                + " loopback address.");
  }

  private void forgetKeysThatAreGone(ApiKeys keys) {
    if (counted != keys) {
      counted = keys;
      rates.retain(keys);
    }
  }

  private @Nullable OpenAiError refusalOfRate(@Nullable ApiKey key, Response response) {
    RequestRate rate = key == null ? null : rates.count(key).orElse(null);
    if (rate == null) {
      return null;
    }
    rate.headers().forEach(response.getHeaders()::put);
    return rate.decision() == RequestRate.Decision.ALLOWED
        ? null
        : OpenAiError.rateLimit(
            OpenAiError.RATE_LIMIT,
            "Your key may send %d requests per minute. Wait as long as Retry-After says."
                .formatted(rate.limit()),
            null);
  }

  private static @Nullable OpenAiError refusalOfBody(Request request, GatewaySettings now) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type == null || !JSON.matcher(type).matches()) {
      // A page in a browser may post anything else to this machine without being asked.
      return OpenAiError.invalid(
          415,
          "invalid_content_type",
          "The body is not declared as JSON in UTF-8. Send Content-Type: application/json.");
    }
    long max = now.limits().maxBodyBytes();
    return request.getLength() > max ? RequestBody.tooLarge(max) : null;
  }
}
