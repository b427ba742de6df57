/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.langchain4j;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Three questions about each document, the documents on a fixed pool of threads. */
public final class ThreadPoolBatch {

  private static final int THREADS = 64;
  private static final JsonMapper JSON = new JsonMapper();

  private static final String CLASSIFY =
      "Classify the document as one of: invoice, e-mail, minutes, contract, report, letter, log,"
          + " other. Reply with that one word and nothing else.";
  private static final String SUMMARISE =
      "Summarise the document in one sentence. Reply with that sentence and nothing else.";
  private static final String EXTRACT =
      "Reply with a JSON object with the fields: title, date, sender, amount, language.";

  private final ChatModel model;
  private final BufferedWriter results;

  private ThreadPoolBatch(ChatModel model, BufferedWriter results) {
    this.model = model;
    this.results = results;
  }

  /**
   * Works on all documents of a folder.
   *
   * @param arguments the folder; the file that gets a line for each document; the base URL; with
   *     {@code --skip-done}, documents that have a line already are left out, else the file is
   *     written anew
   */
  public static void main(String[] arguments) throws Exception {
    Path results = Path.of(arguments[1]);
    boolean skipsDone = List.of(arguments).contains("--skip-done");
    Set<String> done = skipsDone ? done(results) : Set.of();
    ChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(arguments[2])
            .apiKey("none")
            .modelName("m")
            .temperature(0.0)
            .maxTokens(200)
            .build();
    try (BufferedWriter lines =
        Files.newBufferedWriter(
            results,
            StandardOpenOption.CREATE,
            skipsDone ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      new ThreadPoolBatch(model, lines).run(Path.of(arguments[0]), done);
    }
  }

  private static Set<String> done(Path results) throws IOException {
    Set<String> done = new HashSet<>();
    if (Files.exists(results)) {
      for (String line : Files.readAllLines(results)) {
        done.add(JSON.readTree(line).path("document").asText());
      }
    }
    return done;
  }

  private void run(Path folder, Set<String> done) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> running = new ArrayList<>();
    try (Stream<Path> documents = Files.list(folder).sorted()) {
      documents
          .filter(document -> !done.contains(document.getFileName().toString()))
          .forEach(document -> running.add(pool.submit(() -> work(document))));
    }
    for (Future<?> document : running) {
      document.get();
    }
    pool.shutdown();
  }

  private Path work(Path document) throws IOException {
    String text = Files.readString(document);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("document", document.getFileName().toString());
    result.put("label", ask(CLASSIFY, text));
    result.put("summary", ask(SUMMARISE, text));
    result.put("fields", JSON.readTree(ask(EXTRACT, text)));
    String line = JSON.writeValueAsString(result);
    synchronized (results) {
      results.write(line + "\n");
      results.flush();
    }
    return document;
  }

  private String ask(String prompt, String text) {
    return model.chat(SystemMessage.from(prompt), UserMessage.from(text)).aiMessage().text();
  }
}
