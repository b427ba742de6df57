/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import static io.github.llmcamel.codec.openai.Wire.data;
import static io.github.llmcamel.codec.openai.Wire.stream;
import static io.github.llmcamel.codec.openai.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.codec.Frame;
import io.github.llmcamel.codec.Played;
import io.github.llmcamel.codec.Replies;
import io.github.llmcamel.model.ChatEvent;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextChunkTest {

  /** Chunks of every kind, with the text {@code t} where they have one. */
  static List<String> chunks() {
    return List.of(
        "{'choices':[{'index':0,'delta':{'content':'t'},'finish_reason':null}]}",
        "{'choices':[{'index':3,'delta':{'role':'assistant','content':'t'}}],'usage':null}",
        "{'id':'c1','object':'chat.completion.chunk','created':1,'model':'m','service_tier':'x',"
            + "'system_fingerprint':null,'choices':[{'index':0,'delta':{'content':'t'},"
            + "'logprobs':null,'finish_reason':null}],'obfuscation':'z'}",
        "{'choices':[{'delta':{'reasoning':'r','content':'t'}}]}",
        "{'choices':[{'delta':{'reasoning_content':'r','content':''}}]}",
        "{'choices':[{'delta':{'reasoning_content':'r','reasoning':'s'}}]}",
        "{'choices':[{'delta':{'content':'x','content':'t'}}]}",
        "{'choices':[{'index':1,'index':2,'delta':{'content':'t'}}]}",
        "{'choices':[{'delta':{'content':'x'},'delta':{'content':'t'}}]}",
        "{'choices':[{'delta':{'content':'x'}}],'choices':[{'delta':{'content':'t'}}]}",
        "{'choices':[{'delta':{'content':'t'},'finish_reason':'stop'}]}",
        "{'choices':[{'delta':{'content':'t'}},{'index':1,'delta':{'content':'u'}}]}",
        "{'choices':[{'delta':{'content':['t']}}]}",
        "{'choices':[{'delta':{'content':'t','refusal':'no'}}]}",
        "{'choices':[{'delta':{'content':'t','tool_calls':[{'id':'x'}]}}]}",
        "{'choices':[{'delta':{'content':'t','tool_calls':null,'function_call':null}}]}",
        "{'choices':[{'delta':{'content':7}}]}",
        "{'choices':[{'delta':{'content':''}}]}",
        "{'choices':[{'index':'1','delta':{'content':'t'}}]}",
        "{'choices':[{'index':-1,'delta':{'content':'t'}}]}",
        "{'choices':[{'index':99999999999,'delta':{'content':'t'}}]}",
        "{'choices':[{'index':null,'delta':{'content':'t'}}]}",
        "{'choices':[{'delta':{'content':'t'}}],'usage':{'prompt_tokens':1}}",
        "{'choices':[{'delta':{'content':'t'}}],'x_groq':{'error':'boom'}}",
        "{'choices':[{'delta':{'content':'t'}}],'error':{'message':'boom'}}",
        "{'choices':[{'delta':{'content':'t'}}],'error':''}",
        "{'choices':[{'delta':{'content':'t'}}],'type':'error'}",
        "{'object':'error','choices':[{'delta':{'content':'t'}}]}",
        "{'object':'chat.completion.done','choices':[{'delta':{'content':'t'}}]}",
        "{'choices':[{'delta':{'content':'t'}}]} x",
        "{'choices':[{'delta':{'content':'t'}}]",
        "{'choices':[]}",
        "{}",
        "[]",
        "oops");
  }

  @ParameterizedTest
  @MethodSource("chunks")
  void saysTheSameAsTheTree(String chunk) {
    // Without a name of the answer a chunk is read as a tree.
    Played tree = stream("data: {}\n\n", data(chunk));
    Played quick = stream(text("a"), data(chunk));

    assertThat(withoutStart(quick.events()).subList(1, withoutStart(quick.events()).size()))
        .isEqualTo(withoutStart(tree.events()));
    assertThat(String.valueOf(quick.failure())).isEqualTo(String.valueOf(tree.failure()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'choices':[{'index':0,'delta':{'content':'t'},'finish_reason':null}],'usage':null}",
        "{'choices':[{'index':0,'delta':{'role':'assistant','content':'','reasoning':'r'}}]}"
      })
  void readsWhatIsNothingButText(String chunk) {
    byte[] bytes = Replies.utf8(chunk);

    assertThat(new TextChunk().read(new Frame("", bytes, bytes.length))).isTrue();
  }

  private static List<ChatEvent> withoutStart(List<ChatEvent> events) {
    return events.stream().filter(event -> !(event instanceof ChatEvent.Started)).toList();
  }
}
