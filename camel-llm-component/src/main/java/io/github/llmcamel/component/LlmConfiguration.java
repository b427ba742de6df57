/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * The options of an endpoint, and on the component their defaults.
 *
 * <p>Mutable, because Camel binds it; read once when an endpoint is created. What is null was not
 * set: it is looked for further down (see {@code SettingsResolver}), and never sent.
 */
@UriParams
public class LlmConfiguration {
  /**
   * What the provider is asked for: an answer to a conversation (chat), the vectors of one or many
   * texts (embeddings), or the list of its models (models).
   */
  @UriParam(label = "producer", defaultValue = "chat")
  private @Nullable Operation operation;

  /**
   * The model, as the provider names it. Required, unless a message brings one, or models are
   * listed.
   */
  @UriParam private @Nullable String model;

  /**
   * Where the provider answers, with the version segment if it has one, such as
   * http://localhost:8000/v1. On the component it holds only for the default provider.
   */
  @UriParam private @Nullable String baseUrl;

  /**
   * The key. On the component it holds only for the default provider; it is never sent to another
   * one. Better kept in the configuration or the environment than in a URI.
   */
  @UriParam(label = "security", secret = true)
  private @Nullable String apiKey;

  /**
   * Instructions to the model: text in the Simple language, or a resource that holds such text, as
   * resource:classpath:prompt.txt or resource:file:prompt.txt.
   */
  @UriParam(label = "producer")
  private @Nullable String systemMessage;

  /**
   * The prompt: text in the Simple language, or a resource that holds such text. The body is then
   * sent only where the prompt says ${body}, or beside it if it is an image, a document or a
   * recording.
   */
  @UriParam(label = "producer")
  private @Nullable String userMessage;

  /**
   * The name of the stage of a pipeline that the endpoint is, for telemetry and for programs: at
   * most 64 of the characters A-Z, a-z, 0-9, dot, underscore and hyphen.
   */
  @UriParam(label = "producer")
  private @Nullable String stageName;

  /**
   * The version of the prompt, for telemetry and for programs: at most 64 of the characters A-Z,
   * a-z, 0-9, dot, underscore and hyphen. Unset, it is made of systemMessage, userMessage and the
   * schema of the answer, and changes with them.
   */
  @UriParam(label = "producer")
  private @Nullable String promptVersion;

  /**
   * How freely the answer is drawn: 0 is the most likely one. Most providers stop at 2, Anthropic
   * at 1.
   */
  @UriParam(label = "sampling")
  private @Nullable Double temperature;

  /** Draws from the most likely tokens that together have this probability; above 0, at most 1. */
  @UriParam(label = "sampling")
  private @Nullable Double topP;

  /** Draws from this many most likely tokens; 1 and above. Not every provider knows it. */
  @UriParam(label = "sampling")
  private @Nullable Integer topK;

  /**
   * The most tokens of the answer; 1 and above. Anthropic demands a limit: 4096 is sent where none
   * is set.
   */
  @UriParam(label = "sampling")
  private @Nullable Integer maxTokens;

  /**
   * Texts that end the answer, separated by commas. For one that holds a comma use extra.stop with
   * a JSON array.
   */
  @UriParam(label = "sampling")
  private @Nullable String stop;

  /** Asks for a repeatable answer. */
  @UriParam(label = "sampling")
  private @Nullable Long seed;

  /** Discourages tokens by how often they were used; -2 to 2. */
  @UriParam(label = "sampling")
  private @Nullable Double frequencyPenalty;

  /** Discourages tokens that were used at all; -2 to 2. */
  @UriParam(label = "sampling")
  private @Nullable Double presencePenalty;

  /** How many answers to draw; 1 and above. The body as text is the first one. */
  @UriParam(label = "sampling")
  private @Nullable Integer choiceCount;

  /** How much the model thinks before it answers, in the provider's own word, such as low. */
  @UriParam(label = "sampling")
  private @Nullable String reasoningEffort;

  /** How many numbers a vector is to have; 1 and above. Not every model can choose. */
  @UriParam(label = "producer")
  private @Nullable Integer dimensions;

  /** An id of the end user, for the provider's abuse detection. */
  @UriParam(label = "producer")
  private @Nullable String user;

  /**
   * Whether a parameter that the provider does not have is left out, with one warning in the log.
   * Otherwise the call fails and names it.
   */
  @UriParam(label = "producer,advanced", defaultValue = "false")
  private @Nullable Boolean lenientParameters;

  /** Whether the answer is streamed on the wire. */
  @UriParam(label = "producer", defaultValue = "false")
  private @Nullable Boolean stream;

  /**
   * What the route gets of a streamed answer: the stream itself (live, the default of stream=true),
   * or the whole text at its end (aggregate). Setting it streams.
   */
  @UriParam(label = "producer")
  private @Nullable StreamMode streamMode;

  /**
   * How the body is read: by its Java type (auto), as text, or as a chat request in OpenAI's
   * format.
   */
  @UriParam(label = "producer", defaultValue = "auto")
  private @Nullable BodyFormat bodyFormat;

  /**
   * What the answer becomes: text, a ChatResponse (response), or OpenAI's chat completion as JSON
   * text. Vectors and models are lists of them, or an EmbeddingsResponse or ModelsResponse.
   */
  @UriParam(label = "producer", defaultValue = "text")
  private @Nullable OutputFormat outputFormat;

  /**
   * What form of answer the model is asked for: text, a JSON object (json), or JSON of the form
   * that jsonSchema describes (jsonSchema). Unset, the provider decides.
   */
  @UriParam(label = "producer")
  private @Nullable ResponseFormatType responseFormat;

  /**
   * The JSON schema of the answer: text, best as RAW({...}), or a resource that holds it, as
   * resource:classpath:schema.json. It alone means responseFormat=jsonSchema.
   */
  @UriParam(label = "producer")
  private @Nullable String jsonSchema;

  /**
   * Whether reasoning that stands between the tags think at the beginning of the text becomes the
   * reasoning of the answer, and no part of its text.
   */
  @UriParam(label = "producer", defaultValue = "false")
  private @Nullable Boolean extractReasoning;

  /**
   * Whether answers begin with reasoning and only close the tag, because the model's template has
   * opened it already. It means extractReasoning=true.
   */
  @UriParam(label = "producer,advanced", defaultValue = "false")
  private @Nullable Boolean reasoningOpened;

  /**
   * Whether the body of the provider's reply is kept as it came: in the header CamelLlmRawResponse
   * and in ChatResponse.raw().
   */
  @UriParam(label = "producer,advanced", defaultValue = "false")
  private @Nullable Boolean rawResponse;

  /**
   * The class that answers are read into: the body becomes an object of it. The model is asked for
   * the JSON schema of the class, unless responseFormat or jsonSchema say otherwise.
   */
  @UriParam(label = "producer")
  private @Nullable Object outputClass;

  /**
   * What the model may call: names of beans, separated by commas, each a Tool, a collection of
   * them, a ToolUse or OpenAI's form as map or text; or that form itself, best inside RAW(), or a
   * resource that holds it, as resource:classpath:tools.json.
   */
  @UriParam(label = "tools")
  private @Nullable Object tools;

  /**
   * Whether the model has to call a tool: auto, none, required, or the name of the one it has to
   * call. Unset, the provider decides.
   */
  @UriParam(label = "tools")
  private @Nullable String toolChoice;

  /** How long TCP and TLS set-up may take. */
  @UriParam(label = "timeouts", defaultValue = "10s")
  private @Nullable Duration connectTimeout;

  /** How long a call may wait for its turn under maxConcurrentRequests. 0 is no limit. */
  @UriParam(label = "timeouts", defaultValue = "0")
  private @Nullable Duration queueTimeout;

  /**
   * How long the provider may take to begin its answer: to the first event of a stream, or to the
   * status line of a whole answer. 0 is no limit.
   */
  @UriParam(label = "timeouts", defaultValue = "5m")
  private @Nullable Duration firstByteTimeout;

  /**
   * How long an answer may stand still: between two events of a stream, whatever keep-alives come,
   * or two pieces of a whole answer. 0 is no limit.
   */
  @UriParam(label = "timeouts", defaultValue = "2m")
  private @Nullable Duration idleTimeout;

  /** How long a call may take in all, waiting for its turn included. 0 is no limit. */
  @UriParam(label = "timeouts", defaultValue = "30m")
  private @Nullable Duration requestTimeout;

  /**
   * How long a live answer may have more than its reader takes, before it is abandoned and its
   * connection closed. 0 is no limit.
   */
  @UriParam(label = "timeouts", defaultValue = "5m")
  private @Nullable Duration consumerTimeout;

  /**
   * How many calls may run at a time, counted over all endpoints with the same server; more wait in
   * order, without a thread. 0 is no limit.
   */
  @UriParam(label = "producer", defaultValue = "0")
  private @Nullable Integer maxConcurrentRequests;

  /** How many calls may wait under maxConcurrentRequests; one more fails at once. */
  @UriParam(label = "producer", defaultValue = "1000")
  private @Nullable Integer maxQueuedRequests;

  /**
   * How many calls the endpoints of this component may make for one exchange and its copies, each
   * attempt counted, before this one makes no more.
   */
  @UriParam(label = "budget")
  private @Nullable Integer maxCallsPerExchange;

  /**
   * How many tokens of input and output the calls for one exchange and its copies may come to,
   * before this endpoint makes no more.
   */
  @UriParam(label = "budget")
  private @Nullable Long maxTokensPerExchange;

  /**
   * How much the calls for one exchange and its copies may cost, as 0.50, in the currency of the
   * price of the model, before this endpoint makes no more. A model without a price is not called.
   */
  @UriParam(label = "budget")
  private @Nullable String maxCostPerExchange;

  /**
   * The most bytes of images, documents and recordings in one request, before they become base64;
   * more fails.
   */
  @UriParam(label = "advanced", defaultValue = "20971520")
  private @Nullable Integer maxMediaBytes;

  /** The largest answer in bytes; a larger one fails. */
  @UriParam(label = "advanced", defaultValue = "67108864")
  private @Nullable Long maxResponseBytes;

  /**
   * Whom to trust over TLS and which client certificate to show: a bean, as #tls. Unset, the JVM's
   * trust store counts.
   */
  @UriParam(label = "security")
  private @Nullable SSLContextParameters sslContextParameters;

  /**
   * Which HTTP is spoken: auto is HTTP/2 where the server offers it over TLS, else HTTP/1.1; 1.1 is
   * that alone.
   */
  @UriParam(label = "advanced", enums = "auto,1.1", defaultValue = "auto")
  private @Nullable String httpVersion;

  /**
   * The host name of the HTTP proxy that calls go through. A URI that sets one option of the proxy
   * takes none from the component.
   */
  @UriParam(label = "proxy")
  private @Nullable String proxyHost;

  /** The port of the HTTP proxy. */
  @UriParam(label = "proxy")
  private @Nullable Integer proxyPort;

  /** Who asks the HTTP proxy, where it demands a user. */
  @UriParam(label = "proxy", secret = true)
  private @Nullable String proxyAuthUsername;

  /** The password of proxyAuthUsername. */
  @UriParam(label = "proxy", secret = true)
  private @Nullable String proxyAuthPassword;

  /**
   * Hosts that are called directly, separated by commas or vertical bars. A star stands for any
   * characters.
   */
  @UriParam(label = "proxy")
  private @Nullable String nonProxyHosts;

  /**
   * Further members of the request, sent as they are: extra.num_ctx=8192. A value that reads as a
   * JSON number, boolean, object or array is sent as one; dots nest, so extra.a.b=1 sends
   * {"a":{"b":1}}.
   */
  @UriParam(label = "advanced", prefix = "extra.", multiValue = true)
  private Map<String, Object> extra = new LinkedHashMap<>();

  /**
   * Headers of the message that are sent to the provider as HTTP headers, separated by commas:
   * X-Team,X-Request-Id. They win over httpHeader; no other header is sent.
   */
  @UriParam(label = "producer,advanced")
  private @Nullable String forwardHeaders;

  /**
   * Further HTTP headers: httpHeader.X-Team=billing. On the component they hold only for the
   * default provider.
   */
  @UriParam(label = "advanced", prefix = "httpHeader.", multiValue = true)
  private Map<String, Object> httpHeader = new LinkedHashMap<>();

  public @Nullable Operation getOperation() {
    return operation;
  }

  public void setOperation(@Nullable Operation operation) {
    this.operation = operation;
  }

  public @Nullable String getModel() {
    return model;
  }

  public void setModel(@Nullable String model) {
    this.model = model;
  }

  public @Nullable String getBaseUrl() {
    return baseUrl;
  }

  public void setBaseUrl(@Nullable String baseUrl) {
    this.baseUrl = baseUrl;
  }

  public @Nullable String getApiKey() {
    return apiKey;
  }

  public void setApiKey(@Nullable String apiKey) {
    this.apiKey = apiKey;
  }

  public @Nullable String getSystemMessage() {
    return systemMessage;
  }

  public void setSystemMessage(@Nullable String systemMessage) {
    this.systemMessage = systemMessage;
  }

  public @Nullable String getUserMessage() {
    return userMessage;
  }

  public void setUserMessage(@Nullable String userMessage) {
    this.userMessage = userMessage;
  }

  public @Nullable String getStageName() {
    return stageName;
  }

  public void setStageName(@Nullable String stageName) {
    this.stageName = stageName;
  }

  public @Nullable String getPromptVersion() {
    return promptVersion;
  }

  public void setPromptVersion(@Nullable String promptVersion) {
    this.promptVersion = promptVersion;
  }

  public @Nullable Double getTemperature() {
    return temperature;
  }

  public void setTemperature(@Nullable Double temperature) {
    this.temperature = temperature;
  }

  public @Nullable Double getTopP() {
    return topP;
  }

  public void setTopP(@Nullable Double topP) {
    this.topP = topP;
  }

  public @Nullable Integer getTopK() {
    return topK;
  }

  public void setTopK(@Nullable Integer topK) {
    this.topK = topK;
  }

  public @Nullable Integer getMaxTokens() {
    return maxTokens;
  }

  public void setMaxTokens(@Nullable Integer maxTokens) {
    this.maxTokens = maxTokens;
  }

  public @Nullable String getStop() {
    return stop;
  }

  public void setStop(@Nullable String stop) {
    this.stop = stop;
  }

  public @Nullable Long getSeed() {
    return seed;
  }

  public void setSeed(@Nullable Long seed) {
    this.seed = seed;
  }

  public @Nullable Double getFrequencyPenalty() {
    return frequencyPenalty;
  }

  public void setFrequencyPenalty(@Nullable Double frequencyPenalty) {
    this.frequencyPenalty = frequencyPenalty;
  }

  public @Nullable Double getPresencePenalty() {
    return presencePenalty;
  }

  public void setPresencePenalty(@Nullable Double presencePenalty) {
    this.presencePenalty = presencePenalty;
  }

  public @Nullable Integer getChoiceCount() {
    return choiceCount;
  }

  public void setChoiceCount(@Nullable Integer choiceCount) {
    this.choiceCount = choiceCount;
  }

  public @Nullable String getReasoningEffort() {
    return reasoningEffort;
  }

  public void setReasoningEffort(@Nullable String reasoningEffort) {
    this.reasoningEffort = reasoningEffort;
  }

  public @Nullable Integer getDimensions() {
    return dimensions;
  }

  public void setDimensions(@Nullable Integer dimensions) {
    this.dimensions = dimensions;
  }

  public @Nullable String getUser() {
    return user;
  }

  public void setUser(@Nullable String user) {
    this.user = user;
  }

  public @Nullable Boolean getLenientParameters() {
    return lenientParameters;
  }

  public void setLenientParameters(@Nullable Boolean lenientParameters) {
    this.lenientParameters = lenientParameters;
  }

  public @Nullable Boolean getStream() {
    return stream;
  }

  public void setStream(@Nullable Boolean stream) {
    this.stream = stream;
  }

  public @Nullable StreamMode getStreamMode() {
    return streamMode;
  }

  public void setStreamMode(@Nullable StreamMode streamMode) {
    this.streamMode = streamMode;
  }

  public @Nullable BodyFormat getBodyFormat() {
    return bodyFormat;
  }

  public void setBodyFormat(@Nullable BodyFormat bodyFormat) {
    this.bodyFormat = bodyFormat;
  }

  public @Nullable OutputFormat getOutputFormat() {
    return outputFormat;
  }

  public void setOutputFormat(@Nullable OutputFormat outputFormat) {
    this.outputFormat = outputFormat;
  }

  public @Nullable ResponseFormatType getResponseFormat() {
    return responseFormat;
  }

  public void setResponseFormat(@Nullable ResponseFormatType responseFormat) {
    this.responseFormat = responseFormat;
  }

  public @Nullable String getJsonSchema() {
    return jsonSchema;
  }

  public void setJsonSchema(@Nullable String jsonSchema) {
    this.jsonSchema = jsonSchema;
  }

  public @Nullable Boolean getExtractReasoning() {
    return extractReasoning;
  }

  public void setExtractReasoning(@Nullable Boolean extractReasoning) {
    this.extractReasoning = extractReasoning;
  }

  public @Nullable Boolean getReasoningOpened() {
    return reasoningOpened;
  }

  public void setReasoningOpened(@Nullable Boolean reasoningOpened) {
    this.reasoningOpened = reasoningOpened;
  }

  public @Nullable Boolean getRawResponse() {
    return rawResponse;
  }

  public void setRawResponse(@Nullable Boolean rawResponse) {
    this.rawResponse = rawResponse;
  }

  public @Nullable Object getOutputClass() {
    return outputClass;
  }

  public void setOutputClass(@Nullable Object outputClass) {
    this.outputClass = outputClass;
  }

  public @Nullable Object getTools() {
    return tools;
  }

  public void setTools(@Nullable Object tools) {
    this.tools = tools;
  }

  public @Nullable String getToolChoice() {
    return toolChoice;
  }

  public void setToolChoice(@Nullable String toolChoice) {
    this.toolChoice = toolChoice;
  }

  public @Nullable Duration getConnectTimeout() {
    return connectTimeout;
  }

  public void setConnectTimeout(@Nullable Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  public @Nullable Duration getQueueTimeout() {
    return queueTimeout;
  }

  public void setQueueTimeout(@Nullable Duration queueTimeout) {
    this.queueTimeout = queueTimeout;
  }

  public @Nullable Duration getFirstByteTimeout() {
    return firstByteTimeout;
  }

  public void setFirstByteTimeout(@Nullable Duration firstByteTimeout) {
    this.firstByteTimeout = firstByteTimeout;
  }

  public @Nullable Duration getIdleTimeout() {
    return idleTimeout;
  }

  public void setIdleTimeout(@Nullable Duration idleTimeout) {
    this.idleTimeout = idleTimeout;
  }

  public @Nullable Duration getRequestTimeout() {
    return requestTimeout;
  }

  public void setRequestTimeout(@Nullable Duration requestTimeout) {
    this.requestTimeout = requestTimeout;
  }

  public @Nullable Duration getConsumerTimeout() {
    return consumerTimeout;
  }

  public void setConsumerTimeout(@Nullable Duration consumerTimeout) {
    this.consumerTimeout = consumerTimeout;
  }

  public @Nullable Integer getMaxConcurrentRequests() {
    return maxConcurrentRequests;
  }

  public void setMaxConcurrentRequests(@Nullable Integer maxConcurrentRequests) {
    this.maxConcurrentRequests = maxConcurrentRequests;
  }

  public @Nullable Integer getMaxQueuedRequests() {
    return maxQueuedRequests;
  }

  public void setMaxQueuedRequests(@Nullable Integer maxQueuedRequests) {
    this.maxQueuedRequests = maxQueuedRequests;
  }

  public @Nullable Integer getMaxCallsPerExchange() {
    return maxCallsPerExchange;
  }

  public void setMaxCallsPerExchange(@Nullable Integer maxCallsPerExchange) {
    this.maxCallsPerExchange = maxCallsPerExchange;
  }

  public @Nullable Long getMaxTokensPerExchange() {
    return maxTokensPerExchange;
  }

  public void setMaxTokensPerExchange(@Nullable Long maxTokensPerExchange) {
    this.maxTokensPerExchange = maxTokensPerExchange;
  }

  public @Nullable String getMaxCostPerExchange() {
    return maxCostPerExchange;
  }

  public void setMaxCostPerExchange(@Nullable String maxCostPerExchange) {
    this.maxCostPerExchange = maxCostPerExchange;
  }

  public @Nullable Integer getMaxMediaBytes() {
    return maxMediaBytes;
  }

  public void setMaxMediaBytes(@Nullable Integer maxMediaBytes) {
    this.maxMediaBytes = maxMediaBytes;
  }

  public @Nullable Long getMaxResponseBytes() {
    return maxResponseBytes;
  }

  public void setMaxResponseBytes(@Nullable Long maxResponseBytes) {
    this.maxResponseBytes = maxResponseBytes;
  }

  public @Nullable SSLContextParameters getSslContextParameters() {
    return sslContextParameters;
  }

  public void setSslContextParameters(@Nullable SSLContextParameters sslContextParameters) {
    this.sslContextParameters = sslContextParameters;
  }

  public @Nullable String getHttpVersion() {
    return httpVersion;
  }

  public void setHttpVersion(@Nullable String httpVersion) {
    this.httpVersion = httpVersion;
  }

  public @Nullable String getProxyHost() {
    return proxyHost;
  }

  public void setProxyHost(@Nullable String proxyHost) {
    this.proxyHost = proxyHost;
  }

  public @Nullable Integer getProxyPort() {
    return proxyPort;
  }

  public void setProxyPort(@Nullable Integer proxyPort) {
    this.proxyPort = proxyPort;
  }

  public @Nullable String getProxyAuthUsername() {
    return proxyAuthUsername;
  }

  public void setProxyAuthUsername(@Nullable String proxyAuthUsername) {
    this.proxyAuthUsername = proxyAuthUsername;
  }

  public @Nullable String getProxyAuthPassword() {
    return proxyAuthPassword;
  }

  public void setProxyAuthPassword(@Nullable String proxyAuthPassword) {
    this.proxyAuthPassword = proxyAuthPassword;
  }

  public @Nullable String getNonProxyHosts() {
    return nonProxyHosts;
  }

  public void setNonProxyHosts(@Nullable String nonProxyHosts) {
    this.nonProxyHosts = nonProxyHosts;
  }

  public Map<String, Object> getExtra() {
    return extra;
  }

  public void setExtra(Map<String, Object> extra) {
    this.extra = extra;
  }

  public @Nullable String getForwardHeaders() {
    return forwardHeaders;
  }

  public void setForwardHeaders(@Nullable String forwardHeaders) {
    this.forwardHeaders = forwardHeaders;
  }

  public Map<String, Object> getHttpHeader() {
    return httpHeader;
  }

  public void setHttpHeader(Map<String, Object> httpHeader) {
    this.httpHeader = httpHeader;
  }
}
