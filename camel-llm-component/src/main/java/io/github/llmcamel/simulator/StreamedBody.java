/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

/**
 * The events of a streamed completion, one frame each: the role of every choice, the tokens turn by
 * turn, the finish of every choice, the usage if it is wanted, and the terminator.
 */
record StreamedBody(Completion completion, CompletionRequest.Form form) implements Script.Body {

  @Override
  public int frames() {
    int tail = form == CompletionRequest.Form.STREAM_WITH_USAGE ? 2 : 1;
    return completion.choices() * (completion.tokens().size() + 2) + tail;
  }

  /** How many frames bring the first half of the tokens; no finish is among them. */
  int half() {
    return completion.choices() * (1 + (completion.tokens().size() + 1) / 2);
  }

  @Override
  public byte[] frame(int index) {
    int choices = completion.choices();
    int round = index / choices;
    int tokens = completion.tokens().size();
    if (index == frames() - 1) {
      return WireFormat.done();
    } else if (round == 0) {
      return WireFormat.roleChunk(completion, form, index % choices);
    } else if (round <= tokens) {
      String token = completion.tokens().get(round - 1);
      return WireFormat.contentChunk(completion, form, index % choices, token);
    } else if (round == tokens + 1) {
      return WireFormat.finishChunk(completion, form, index % choices);
    }
    return WireFormat.usageChunk(completion);
  }

  /** One tick per token; what stands before the first and after the last goes with it. */
  @Override
  public int tickOf(int frame) {
    int round = frame / completion.choices();
    return Math.max(0, Math.min(round, completion.tokens().size()) - 1);
  }
}
