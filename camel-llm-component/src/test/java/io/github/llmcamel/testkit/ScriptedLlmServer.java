/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server on a free loopback port that sends exactly the bytes a test tells it to, exactly when:
 * it can hold, cut in the middle of a character, or reset. The test's own thread drives it.
 */
public final class ScriptedLlmServer implements AutoCloseable {

  private final ScriptedListener listener;

  private ScriptedLlmServer(ScriptedListener listener) {
    this.listener = listener;
  }

  public static ScriptedLlmServer start() {
    try {
      return new ScriptedLlmServer(
          new ScriptedListener(new ServerSocket(0, 50, InetAddress.getLoopbackAddress())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Such as {@code http://127.0.0.1:40123}. */
  public String url() {
    return listener.url("http");
  }

  /** Waits for the next connection and reads its first request. */
  public Peer accept() {
    Peer peer = acceptSilently();
    peer.readRequest();
    return peer;
  }

  /** Waits for the next connection and reads nothing. */
  public Peer acceptSilently() {
    try {
      return new Peer(listener.accept());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether no connection waits to be accepted. */
  public boolean isUnvisited() {
    return listener.isUnvisited();
  }

  @Override
  public void close() {
    listener.close();
  }

  /**
   * One connection.
   *
   * @see #accept
   */
  public static final class Peer {
    static final String LAST_CHUNK = "0\r\n\r\n";

    private final Socket socket;
    private final InputStream in;
    private String requestLine = "";
    private Map<String, String> headers = Map.of();
    private String body = "";

    private Peer(Socket socket) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
    }

    /** Such as {@code POST /v1/chat/completions HTTP/1.1}. */
    public String requestLine() {
      return requestLine;
    }

    /** The headers of the last request, names in any case. */
    public Map<String, String> headers() {
      return headers;
    }

    /** The body of the last request. */
    public String body() {
      return body;
    }

    /** Waits for another request on the same connection. */
    public void readRequest() {
      try {
        requestLine = readLine();
        Map<String, String> read = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
          int colon = line.indexOf(':');
          read.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        headers = read;
        int length = Integer.parseInt(read.getOrDefault("Content-Length", "0"));
        body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Sends a status line and headers for a chunked body of that type. */
    public void sendHead(int status, String contentType) {
      send(head(status, contentType));
    }

    static String head(int status, String contentType) {
      return "HTTP/1.1 %d Scripted\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
          .formatted(status, contentType);
    }

    /** Sends one piece of a chunked body. */
    public void sendChunk(String text) {
      send(chunk(text));
    }

    /** Ends a chunked body in order. */
    public void sendLastChunk() {
      send(LAST_CHUNK);
    }

    /**
     * Sends the last piece of a chunked body at once with its end: whoever reads it may hang up.
     */
    public void sendToTheEnd(String text) {
      send(chunk(text) + LAST_CHUNK);
    }

    static String chunk(String text) {
      int length = text.getBytes(StandardCharsets.UTF_8).length;
      return Integer.toHexString(length).toUpperCase(Locale.ROOT) + "\r\n" + text + "\r\n";
    }

    /** Sends a whole reply. */
    public void reply(int status, String contentType, String text) {
      sendHead(status, contentType);
      sendToTheEnd(text);
    }

    public void send(String text) {
      send(text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] bytes) {
      try {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Closes in order, without ending the body. */
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Breaks the connection: the other side sees a reset. */
    public void reset() {
      try {
        socket.setSoLinger(true, 0);
      } catch (SocketException e) {
        throw new UncheckedIOException(e);
      }
      close();
    }

    /**
     * Waits until the other side has closed the connection; fails if it sends something instead.
     */
    public void awaitClosed() {
      try {
        int read = in.read();
        if (read >= 0) {
          throw new AssertionError("The client sent another byte instead of closing.");
        }
      } catch (SocketException e) {
        // A reset is a close as well.
      } catch (IOException e) {
        throw new AssertionError("The client did not close the connection.", e);
      }
    }

    /** Waits so long for the other side to close the connection; false if it has not. */
    boolean isClosedWithin(Duration wait) {
      try {
        socket.setSoTimeout((int) wait.toMillis());
        return in.read() < 0;
      } catch (SocketTimeoutException stillOpen) {
        return false;
      } catch (IOException e) {
        return true;
      }
    }

    /** Waits until the other side has closed the connection, whatever it sends before. */
    public void awaitEnd() {
      try {
        while (in.read() >= 0) {}
      } catch (SocketException e) {
        // A reset is a close as well.
      } catch (IOException e) {
        throw new AssertionError("The client did not close the connection.", e);
      }
    }

    private String readLine() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int read = in.read(); read != '\n'; read = in.read()) {
        if (read < 0) {
          throw new IOException("The connection ended inside a request.");
        }
        if (read != '\r') {
          line.write(read);
        }
      }
      return line.toString(StandardCharsets.UTF_8);
    }
  }
}
