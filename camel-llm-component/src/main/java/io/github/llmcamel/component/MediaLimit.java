/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The option maxMediaBytes: how much of images, documents and recordings one request may hold.
 *
 * @param bytes above zero
 */
record MediaLimit(int bytes) {

  /**
   * Reads all there is, and never more than one byte above the limit.
   *
   * @param what names it in the exception
   * @throws IllegalArgumentException if there is more
   */
  byte[] read(InputStream content, String what) throws IOException {
    return checked(content.readNBytes(bytes + 1), what);
  }

  /**
   * The same bytes.
   *
   * @param what names them in the exception
   * @throws IllegalArgumentException if they are too many
   */
  byte[] checked(byte[] content, String what) {
    check(content.length, what);
    return content;
  }

  /**
   * Looks at the messages of one request together.
   *
   * @throws IllegalArgumentException if they hold too much
   */
  void check(List<Message> messages) {
    long size =
        messages.stream()
            .flatMap(message -> message.parts().stream())
            .mapToLong(part -> part instanceof Part.Media media ? media.size() : 0)
            .sum();
    check(size, "The content of all media in the request");
  }

  private void check(long size, String what) {
    if (size > bytes) {
      throw new IllegalArgumentException(
          "%s has more than %d bytes. Raise the option maxMediaBytes, or send less."
              .formatted(what, bytes));
    }
  }
}
