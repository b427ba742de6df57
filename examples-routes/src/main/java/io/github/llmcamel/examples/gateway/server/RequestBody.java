/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.api.RequestRefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Reads the body of a request, which has arrived completely, as JSON. */
final class RequestBody {

  /**
   * What a byte takes until it is read: what has come, the text of it, and its copy in the tree.
   */
  private static final int TIMES = 3;

  private RequestBody() {}

  /**
   * Reads.
   *
   * @param maxBytes how long it may be, also after inflation
   * @throws RequestRefusedException if it is too long, compressed in a way that cannot be read, no
   *     JSON object in UTF-8, or finds no memory
   */
  static JsonNode read(HttpServletRequest request, int maxBytes) throws RequestRefusedException {
    BodyMemory.Share memory = BodyMemory.Share.of(request);
    String text;
    long length;
    try (InputStream body = inflated(request)) {
      byte[] bytes = read(body, maxBytes, memory);
      length = bytes.length;
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw refused(400, "The body is not UTF-8. Encode it as UTF-8.");
    } catch (IOException e) {
      throw refused(400, "The body cannot be read: it is not gzip as its header says.");
    }
    JsonNode json = BodyJson.read(text, memory);
    memory.giveBack((TIMES - 1) * length); // The copy in the tree stays.
    return json;
  }

  private static byte[] read(InputStream body, int maxBytes, BodyMemory.Share memory)
      throws IOException, RequestRefusedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] piece = new byte[8_192];
    for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
      if (count > maxBytes - bytes.size()) {
        throw new RequestRefusedException(tooLarge(maxBytes));
      }
      if (!memory.take((long) TIMES * count)) {
        throw new RequestRefusedException(noMemory());
      }
      bytes.write(piece, 0, count);
    }
    return bytes.toByteArray();
  }

  /** The bodies of other requests have taken what there is. */
  static OpenAiError noMemory() {
    return OpenAiError.server(
            503, "busy", "Other requests are too large to take in another. Try again in a moment.")
        .retryAfter(Duration.ofSeconds(1));
  }

  static OpenAiError tooLarge(long maxBytes) {
    return OpenAiError.invalid(
        413,
        OpenAiError.TOO_LARGE,
        "The body has more than the %d bytes that are accepted. Send less.".formatted(maxBytes));
  }

  private static InputStream inflated(HttpServletRequest request)
      throws IOException, RequestRefusedException {
    String encoding = request.getHeader("Content-Encoding");
    if (encoding == null || encoding.isBlank()) {
      return request.getInputStream();
    }
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "identity" -> request.getInputStream();
      case "gzip", "x-gzip" -> new GZIPInputStream(request.getInputStream());
      default ->
          throw refused(
              415, "The Content-Encoding cannot be read. Send the body as it is, or gzip.");
    };
  }

  private static RequestRefusedException refused(int status, String message) {
    return new RequestRefusedException(OpenAiError.invalid(status, "invalid_body", message));
  }
}
