/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.ErrorReader;
import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ModelResponse;
import java.nio.ByteBuffer;

/** A reply whose status says error: whatever its body holds, the call has failed. */
final class ErrorReply implements ReplyReader {

  private static final int LONGEST_BODY = 64 * 1024;

  private final ReplyHead head;
  private final BoundedBody body = new BoundedBody(LONGEST_BODY);

  ErrorReply(ReplyHead head) {
    this.head = head;
  }

  @Override
  public void accept(ByteBuffer slice) throws LlmException {
    if (!body.add(slice)) {
      throw ErrorReader.ofStatus(head, body.toByteArray());
    }
  }

  @Override
  public ModelResponse end() throws LlmException {
    throw ErrorReader.ofStatus(head, body.toByteArray());
  }

  @Override
  public ModelResponse broken(Throwable cause) throws LlmException {
    // The status has said what matters; the broken connection only cost some of the text.
    return end();
  }
}
