/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.api.RequestRefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/** Reads the body of a request, which has arrived completely, as text. */
final class RequestBody {

  private RequestBody() {}

  /**
   * Reads.
   *
   * @param maxBytes how long it may be, also after inflation
   * @throws RequestRefusedException if it is too long, compressed in a way that cannot be read, or
   *     not UTF-8
   */
  static String read(HttpServletRequest request, int maxBytes) throws RequestRefusedException {
    try (InputStream body = inflated(request)) {
      byte[] bytes = body.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new RequestRefusedException(tooLarge(maxBytes));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw refused(400, "The body is not UTF-8. Encode it as UTF-8.");
    } catch (IOException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw refused(408, "The body took too long to arrive. Send it again.");
      }
      throw refused(400, "The body cannot be read: it is cut off, or not gzip as its header says.");
    }
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
