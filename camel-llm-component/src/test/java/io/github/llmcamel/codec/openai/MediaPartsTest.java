/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.Part.Media.Kind;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Providers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaPartsTest {

  private static final Destination DESTINATION =
      new Destination(
          Providers.openAiCompatible("acme", URI.create("http://h/v1")),
          URI.create("http://h/v1"),
          null,
          Map.of());

  @Test
  void writesEveryKindAsAPartOfItsOwn() throws LlmException {
    assertContent(
        "[{'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='}},"
            + "{'type':'image_url','image_url':{'url':'https://h/a.png','detail':'low'}},"
            + "{'type':'input_audio','input_audio':{'data':'AA==','format':'mp3'}},"
            + "{'type':'file','file':{'filename':'a.pdf',"
            + "'file_data':'data:application/pdf;base64,AA=='}},"
            + "{'type':'text','text':'Compare.'}]",
        Part.Media.of("image/png", new byte[1], "a.png"),
        new Part.Media(Kind.IMAGE, "https://h/a.png", null, "low"),
        Part.Media.of("audio/mpeg", new byte[1], null),
        Part.Media.of("application/pdf", new byte[1], "a.pdf"),
        new Part.Text("Compare."));
  }

  @ParameterizedTest
  @CsvSource({
    "application/pdf, document.pdf",
    "application/rtf, document.rtf",
    "application/msword, document"
  })
  void givesADocumentTheNameThatOpenAiDemands(String mediaType, String name) throws LlmException {
    assertContent(
        "[{'type':'file','file':{'filename':'%s','file_data':'data:%s;base64,AA=='}}]"
            .formatted(name, mediaType),
        Part.Media.of(mediaType, new byte[1], null));
  }

  @ParameterizedTest
  @CsvSource({
    "audio/wav, wav",
    "audio/x-wav, wav",
    "audio/wave, wav",
    "audio/mpeg, mp3",
    "audio/flac, flac"
  })
  void namesTheFormatOfARecordingAsOpenAiDoes(String mediaType, String format) throws LlmException {
    assertContent(
        "[{'type':'input_audio','input_audio':{'data':'AA==','format':'%s'}}]".formatted(format),
        Part.Media.of(mediaType, new byte[1], null));
  }

  @ParameterizedTest
  @CsvSource({
    "DOCUMENT, https://h/secret.pdf, document",
    "DOCUMENT, 'data:application/pdf,secret', document",
    "AUDIO, https://h/secret.wav, recording"
  })
  void refusesWhatOnlyAUrlTellsOf(Kind kind, String url, String what) {
    assertThatThrownBy(() -> content(new Part.Media(kind, url, null, null)))
        .isInstanceOf(LlmRequestException.class)
        .hasMessage(
            "The request to acme cannot be written: messages[1] has a "
                + what
                + " by its URL, but OpenAI's protocol takes its content only. Fetch it, or make it"
                + " data:…;base64,….")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'image_url','image_url':{'url':'https://h/a.png'}}|IMAGE|https://h/a.png|",
        "{'type':'image_url','image_url':'https://h/a.png'}|IMAGE|https://h/a.png|",
        "{'type':'image_url','image_url':{'url':'u','x':1}}|IMAGE|u|",
        "{'type':'input_audio','input_audio':{'data':'AA==','format':'mp3'}}"
            + "|AUDIO|data:audio/mpeg;base64,AA==|",
        "{'type':'file','file':{'file_data':'data:application/pdf;base64,AA=='}}"
            + "|DOCUMENT|data:application/pdf;base64,AA==|",
        "{'type':'file','file':{'filename':'a','file_data':'data:application/pdf;base64,AA=='}}"
            + "|DOCUMENT|data:application/pdf;base64,AA==|a",
      },
      quoteCharacter = '"')
  void readsPartsThatOtherProtocolsHaveAFormFor(
      String part, Kind kind, String url, @Nullable String name) {
    assertThat(read(part)).isEqualTo(new Part.Media(kind, url, name, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'file','file':{'file_id':'f1'}}",
        "{'type':'file','file':{'file_data':'https://h/a.pdf'}}",
        "{'type':'input_audio','input_audio':{'data':'AA=='}}",
        "{'type':'video_url','video_url':{'url':'u'}}"
      },
      quoteCharacter = '"')
  void leavesAllOtherPartsAsTheyAre(String part) throws LlmException {
    Part read = read(part);

    assertThat(read).isInstanceOf(Part.Other.class);
    assertContent("[" + part + "]", read);
  }

  private static Part read(String part) {
    ChatRequest request =
        OpenAiChatFormat.read(
            "{'messages':[{'role':'user','content':[%s]}]}".formatted(part).replace('\'', '"'));
    return request.messages().get(0).parts().get(0);
  }

  private static void assertContent(String expected, Part... parts) throws LlmException {
    assertThat(content(parts)).isEqualTo(expected.replace('\'', '"'));
  }

  private static String content(Part... parts) throws LlmException {
    ChatRequest request =
        ChatRequest.builder()
            .model("m")
            .message(Message.system("Be brief."))
            .message(new Message.User(List.of(parts), null))
            .build();
    byte[] body = new OpenAiCodec().encode(request, Delivery.WHOLE, DESTINATION).body();
    try {
      return Json.read(new String(body, StandardCharsets.UTF_8))
          .at("/messages/1/content")
          .toString();
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
