/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.distribute.MessageHeaders;
import io.github.llmcamel.examples.documents.Document;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverters;
import org.jspecify.annotations.Nullable;

/**
 * What a broker carries is text: documents and their results become text and come back, so that a
 * route need not know whether its endpoints are in this process. Camel uses it.
 */
public final class MessageConverters implements TypeConverters {

  /** What a message may have, in bytes of UTF-8; brokers take somewhat more. */
  private static final int LONGEST_MESSAGE = 8_000_000;

  /** The document that a message is; one of a stranger is named after its exchange. */
  @Converter
  public static Document document(String text, Exchange exchange) {
    return new Document.Text(
        exchange
            .getMessage()
            .getHeader(MessageHeaders.DOCUMENT, exchange.getExchangeId(), String.class),
        text);
  }

  /**
   * A result as a message. Of one that is too long for a broker only what became of the document is
   * left, without what the ledger could use again.
   */
  @Converter
  public static String text(DocumentResult result) {
    String text = ResultJson.whole(result);
    return isTooLong(text) ? ResultJson.whole(result.shortened()) : text;
  }

  private static boolean isTooLong(String text) {
    return text.length() > LONGEST_MESSAGE
        || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_MESSAGE;
  }

  /** The result that a message is; null if there is none. */
  @Converter
  public static @Nullable DocumentResult result(@Nullable String text) {
    return text == null ? null : ResultJson.parse(text);
  }
}
