/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.llmcamel.codec.ollama.OllamaEmbeddingsCodec;
import io.github.llmcamel.codec.openai.OpenAiEmbeddingsCodec;
import io.github.llmcamel.error.LlmAuthenticationException;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.model.EmbeddingsResponse;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.testkit.Transcript;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors in the shapes of all protocols; which codec reads them makes no difference. */
class EmbeddingsReaderTest {

  private static final EmbeddingsCodec CODEC = new OpenAiEmbeddingsCodec();

  @Test
  void readsWhatOpenAiSends() throws LlmException {
    EmbeddingsResponse response =
        read(
            2,
            "{'object':'list','data':[{'object':'embedding','index':0,'embedding':[0.5,-2]},"
                + "{'object':'embedding','index':1,'embedding':[1e-3,3]}],'model':'m-1',"
                + "'usage':{'prompt_tokens':7,'total_tokens':7}}");

    assertThat(response.model()).isEqualTo("m-1");
    assertThat(response.vectors()).containsExactly(floats(0.5, -2), floats(0.001, 3));
    assertThat(response.usage())
        .isEqualTo(
            new Usage(7L, null, null, null, null, "{\"prompt_tokens\":7,\"total_tokens\":7}"));
    assertThat(response).hasToString("EmbeddingsResponse[model=m-1, vectors=2]");
  }

  @Test
  void bringsVectorsIntoTheOrderOfTheirTexts() throws LlmException {
    assertThat(
            read(
                    3,
                    "{'data':[{'index':2,'embedding':[2]},{'index':0,'embedding':[0.5]},"
                        + "{'index':1,'embedding':[1]}]}")
                .vectors())
        .containsExactly(floats(0.5), floats(1), floats(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'data':[{'embedding':[1]},{'embedding':[2]}]}",
        "{'data':[{'index':null,'embedding':[1]},{'index':null,'embedding':[2]}]}",
        "{'data':[{'embedding':'AACAPw'},{'embedding':[2]}]}",
        "{'data':[{'index':'0','embedding':[1]},{'index':1.0,'embedding':[2]}]}",
        "{'embeddings':[[1],[2]]}",
        "{'embeddings':[{'values':[1]},{'values':[2]}]}",
        "\n {'error':null,'data':[{'embedding':'AACAPw=='},{'embedding':[2]}]}",
      })
  void readsVectorsInEveryShape(String answer) throws LlmException {
    EmbeddingsResponse response = read(2, answer);

    assertThat(response.vectors()).containsExactly(floats(1), floats(2));
    assertThat(response.usage()).isEqualTo(Usage.UNKNOWN);
    assertThat(response.model()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'embedding':[0.5]}", "{'embedding':{'values':[0.5]}}"})
  void readsTheVectorOfOneText(String answer) throws LlmException {
    assertThat(read(1, answer).vectors()).containsExactly(floats(0.5));
  }

  @Test
  void decodesBase64FromTheLowestByteUp() throws LlmException {
    assertThat(read(1, "{'data':[{'index':0,'embedding':'AACAPwAAAMA='}]}").vectors())
        .containsExactly(floats(1, -2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'usage':{'prompt_tokens':5,'total_tokens':5,'completion_tokens':0},%s} | 5",
        "{'usage':{'total_tokens':6},%s}                                         | 6",
        "{'prompt_eval_count':7,'total_duration':9,%s}                           | 7",
        "{'usageMetadata':{'promptTokenCount':8},%s}                             | 8",
        "{'usage':{'prompt_tokens':0,'total_tokens':0},%s}                       |",
        "{'usage':null,%s}                                                       |",
      })
  void countsTheInputAlone(String answer, @Nullable Long input) throws LlmException {
    Usage usage = read(1, answer.formatted("'embeddings':[[1]]")).usage();

    assertThat(usage.inputTokens()).isEqualTo(input);
    assertThat(usage.outputTokens()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | {'data':[{'index':0,'embedding':[1]}]}                           | fewer vectors than the 2",
        "1 | {'data':[]}                                                      | fewer vectors than the 1",
        "1 | {'embeddings':[]}                                                | fewer vectors than the 1",
        "2 | {'embedding':[1]}                                                | fewer vectors than the 2",
        "2 | {'data':[{'index':0,'embedding':[1]},{'index':0,'embedding':[2]}]} | do not belong",
        "2 | {'data':[{'index':0,'embedding':[1]},{'index':2,'embedding':[2]}]} | do not belong",
        "2 | {'data':[{'index':-1,'embedding':[1]},{'embedding':[2]}]}        | do not belong",
        "2 | {'data':[{'index':1,'embedding':[1]},{'embedding':[2]}]}         | do not belong",
        "1 | {'data':[{'index':'x','embedding':[1]}]}                         | do not belong",
        "1 | {'embeddings':[[1],[2]]}                                         | do not belong",
        "1 | {'embeddings':[[1,null]]}                                        | no number",
        "1 | {'embeddings':[[1,'2']]}                                         | no number",
        "1 | {'embeddings':[[NaN]]}                                           | no number",
        "1 | {'embeddings':[[1e40]]}                                          | no number",
        "1 | {'embedding':[[1,2],[3,4]]}                                      | no number",
        "1 | {'embeddings':[[]]}                                              | without numbers",
        "1 | {'embeddings':[null]}                                            | without numbers",
        "1 | {'embedding':''}                                                 | without numbers",
        "1 | {'embedding':'AACA'}                                             | ends within a number",
        "1 | {'embedding':'AAD=AAA'}                                          | not base64",
        "1 | {'embedding':'AADAfw=='}                                         | no number",
        "1 | {'model':'m'}                                                    | has no vectors",
        "1 | []                                                               | has no vectors",
        "1 | {'embeddings':[[1]                                               | cut off or malformed",
        "1 | <html>Bad gateway</html>                                         | a web page",
        "1 | ' '                                                              | with nothing",
      })
  void refusesWhatIsNoVectorForEachText(int inputs, String answer, String problem) {
    assertThatThrownBy(() -> read(inputs, answer))
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageContaining("acme answered 200 with ")
        .hasMessageContaining(problem);
  }

  @Test
  void anErrorIsOneWhateverTheStatus() {
    assertThatThrownBy(() -> read(1, "{'error':'model runner has crashed'}"))
        .isInstanceOf(LlmServerException.class)
        .hasMessageContaining("model runner has crashed");
    assertThatThrownBy(
            () -> read(1, "{'error':{'message':'no such key','type':'authentication_error'}}"))
        .isInstanceOf(LlmAuthenticationException.class);
  }

  /** The same model on the same machine: as decimal numbers and as base64. */
  @Test
  void realServersAgreeOnTheVectorOfAText() throws LlmException {
    EmbeddingsResponse ollama = recorded("ollama");
    EmbeddingsResponse base64 = recorded("ollama-base64");
    EmbeddingsResponse llamacpp = recorded("llamacpp");

    float[] expected = ollama.vectors().get(0);
    assertThat(expected).hasSize(576);
    assertThat(base64.vectors().get(0)).containsExactly(expected, within(1e-8f));
    assertThat(llamacpp.vectors().get(0)).containsExactly(expected, within(1e-5f));
    assertThat(List.of(ollama, base64, llamacpp))
        .allSatisfy(
            response -> {
              assertThat(response.model()).isEqualTo("smollm2");
              assertThat(response.usage().inputTokens()).isEqualTo(1);
            });
  }

  /** Cut anywhere, changed anywhere: an answer, or an exception of ours. */
  @Test
  void nothingElseThanOurExceptionsIsThrown() {
    byte[] whole = Replies.utf8("{'data':[{'index':0,'embedding':[0.25,-1]}],'usage':{}}");
    for (int at = 0; at < whole.length; at++) {
      decode(Arrays.copyOf(whole, at));
      for (byte other : "0\"[{}],x\\".getBytes(StandardCharsets.US_ASCII)) {
        byte[] changed = whole.clone();
        changed[at] = other;
        decode(changed);
      }
    }
  }

  @Test
  void aLargeVectorKeepsEveryBit() throws LlmException {
    float[] vector = new float[4_096];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) Math.sin(i);
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    String base64 = Base64.getEncoder().encodeToString(bytes.array());

    assertThat(read(1, "{'embeddings':[%s]}".formatted(Arrays.toString(vector))).vectors())
        .containsExactly(vector);
    assertThat(read(1, "{'data':[{'embedding':'%s'}]}".formatted(base64)).vectors())
        .containsExactly(vector);
  }

  private static void decode(byte[] body) {
    try {
      assertThat(CODEC.decode(Replies.head(200), body, 1).vectors()).hasSize(1);
    } catch (LlmException expected) {
      assertThat(expected).hasMessageContaining("acme");
    }
  }

  private static EmbeddingsResponse recorded(String name) throws LlmException {
    Transcript transcript = Transcript.named("embeddings", name);
    return new OllamaEmbeddingsCodec().decode(transcript.head(), transcript.body(), 1);
  }

  private static EmbeddingsResponse read(int inputs, String answer) throws LlmException {
    return CODEC.decode(Replies.head(200), Replies.utf8(answer), inputs);
  }

  private static float[] floats(double... numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}
