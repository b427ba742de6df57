/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

/** A member of a chat request is wrong. */
public final class WrongMemberException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String member;

  /**
   * The member is wrong.
   *
   * @param member its place in the request, such as {@code messages[0].content}
   * @param problemAndCure completes a sentence that begins with it; never content
   */
  WrongMemberException(String member, String problemAndCure) {
    super(member + " of the chat request " + problemAndCure);
    this.member = member;
  }

  /** Its place in the request, such as {@code messages[0].content}. */
  public String member() {
    return member;
  }
}
