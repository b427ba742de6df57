/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client that asks as it should, sees each event when it arrives, and leaves as it likes. */
final class ChatClient implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Socket socket = new Socket();
  private final URI server;
  private final PushbackInputStream in;
  private int leftOfChunk = -1;

  ChatClient(URI server) throws IOException {
    this.server = server;
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    socket.setSoTimeout((int) PATIENCE.toMillis());
    in = new PushbackInputStream(socket.getInputStream());
  }

  /**
   * Sends a request.
   *
   * @param headers more of them, such as {@code Accept-Encoding: gzip}
   */
  ChatClient post(String path, String json, String... headers) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    StringBuilder head = new StringBuilder("POST %s HTTP/1.1\r\n".formatted(path));
    head.append("Host: ").append(server.getAuthority()).append("\r\n");
    head.append("Content-Type: application/json\r\n");
    head.append("Content-Length: ").append(body.length).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.append("\r\n").toString().getBytes(UTF_8));
    request.writeBytes(body);
    socket.getOutputStream().write(request.toByteArray());
    return this;
  }

  ChatClient chat(String... headers) throws IOException {
    return post("/v1/chat/completions", json(""), headers);
  }

  ChatClient streamedChat(String... headers) throws IOException {
    return post("/v1/chat/completions", json("\"stream\":true,"), headers);
  }

  ChatClient embeddings(String... headers) throws IOException {
    return post("/v1/embeddings", "{\"model\":\"m\",\"input\":\"Hello\"}", headers);
  }

  private static String json(String more) {
    return "{\"model\":\"m\",%s\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
        .formatted(more);
  }

  /** Reads an answer in one piece. */
  RawReply reply() throws IOException {
    return RawReply.read(in);
  }

  /** Reads the head of a stream. */
  RawReply begun() throws IOException {
    leftOfChunk = -1;
    return new RawReply(RawReply.readHead(in), "");
  }

  /**
   * Reads the next event or comment.
   *
   * @return null if the answer has come to its proper end
   * @throws IOException if it is cut off
   */
  @Nullable String event() throws IOException {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    for (int read = readOfChunks(); read >= 0; read = readOfChunks()) {
      event.write(read);
      String text = event.toString(UTF_8);
      if (text.endsWith("\n\n")) {
        return text.strip();
      }
    }
    assertThat(event.size()).as("half an event").isZero();
    return null;
  }

  /** Reads events up to one that holds {@code part}. */
  String eventWith(String part) throws IOException {
    String event = requireNonNull(event(), "the answer is over");
    return event.contains(part) ? event : eventWith(part);
  }

  /** Whether nothing arrives for so long. */
  boolean hearsNothingFor(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    try {
      in.unread(readByte());
      return false;
    } catch (SocketTimeoutException silence) {
      return true;
    } finally {
      socket.setSoTimeout((int) PATIENCE.toMillis());
    }
  }

  /** Reads until the server ends the connection, in order or not. */
  void awaitCut() throws IOException {
    try {
      in.skipNBytes(Long.MAX_VALUE);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("The server did not end the connection.", e);
    } catch (IOException reset) {
      // That is an end too.
    }
  }

  /** Breaks the connection: the server sees a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Closes in order. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  private int readOfChunks() throws IOException {
    if (leftOfChunk <= 0) {
      if (leftOfChunk == 0) {
        assertThat(readLine()).isEmpty();
      }
      leftOfChunk = Integer.parseInt(readLine(), 16);
      if (leftOfChunk == 0) {
        assertThat(readLine()).isEmpty();
        return -1;
      }
    }
    leftOfChunk--;
    return readByte();
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < 2 || line.charAt(line.length() - 2) != '\r') {
      line.append((char) readByte());
    }
    return line.substring(0, line.length() - 2);
  }

  private int readByte() throws IOException {
    int read = in.read();
    if (read < 0) {
      throw new EOFException("The server closed the connection.");
    }
    return read;
  }
}
