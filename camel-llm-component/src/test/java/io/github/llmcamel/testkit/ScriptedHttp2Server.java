/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.testkit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A server of HTTP/2 over TLS that sends exactly the frames a test tells it to. The test's own
 * thread drives it; what a client must be answered at once (settings, pings) is answered whenever
 * frames are read.
 */
public final class ScriptedHttp2Server implements AutoCloseable {

  private static final int PREFACE_LENGTH = 24;

  private final ScriptedListener listener;

  private ScriptedHttp2Server(ScriptedListener listener) {
    this.listener = listener;
  }

  public static ScriptedHttp2Server start(SSLContext tls) {
    try {
      return new ScriptedHttp2Server(
          new ScriptedListener(
              tls.getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getLoopbackAddress())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Such as {@code https://127.0.0.1:40123}. */
  public String url() {
    return listener.url("https");
  }

  /** Waits for the next connection and reads its first request. */
  public Peer accept() {
    try {
      SSLSocket socket = (SSLSocket) listener.accept();
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      Peer peer = new Peer(socket);
      peer.readRequest();
      return peer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    listener.close();
  }

  /** The kinds of frames that tests speak of, by number. */
  public static final class FrameType {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;
    private static final int SETTINGS = 4;
    private static final int PING = 6;

    private FrameType() {}
  }

  /** One frame. */
  public record Frame(int type, int flags, int stream, byte[] payload) {
    boolean isAcknowledgement() {
      return (flags & 1) != 0 && (type == FrameType.SETTINGS || type == FrameType.PING);
    }

    boolean endsStream() {
      return (flags & 1) != 0 && (type == FrameType.DATA || type == FrameType.HEADERS);
    }
  }

  /**
   * One connection.
   *
   * @see #accept
   */
  public static final class Peer {
    private static final byte STATUS_200 = (byte) 0x88;
    private static final int END_HEADERS = 4;

    private final SSLSocket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int stream;

    private Peer(SSLSocket socket) throws IOException {
      this.socket = socket;
      this.in = new DataInputStream(socket.getInputStream());
      this.out = new DataOutputStream(socket.getOutputStream());
      in.readNBytes(PREFACE_LENGTH);
      send(FrameType.SETTINGS, 0, 0, new byte[0]);
    }

    /** Waits for the end of another request on the same connection. */
    public void readRequest() {
      Frame frame = read();
      while (!frame.endsStream()) {
        frame = read();
      }
      stream = frame.stream();
    }

    /** The stream of the last request, to which replies go. */
    public int stream() {
      return stream;
    }

    /** Waits for the next frame of a kind; the others before it are lost. */
    public Frame readUntil(int type) {
      Frame frame = read();
      while (frame.type() != type) {
        frame = read();
      }
      return frame;
    }

    /** What the client has sent until now, as answers to all that was sent to it. */
    public List<Frame> readUntilItHasSeenAll() {
      send(FrameType.PING, 0, 0, new byte[8]);
      List<Frame> frames = new ArrayList<>();
      for (Frame frame = read(); frame.type() != FrameType.PING; frame = read()) {
        frames.add(frame);
      }
      return frames;
    }

    /** Sends the head of a good reply. */
    public void sendHead() {
      send(FrameType.HEADERS, END_HEADERS, stream, new byte[] {STATUS_200});
    }

    public void sendText(String text) {
      send(FrameType.DATA, 0, stream, text.getBytes(StandardCharsets.UTF_8));
    }

    public void sendEnd() {
      send(FrameType.DATA, 1, stream, new byte[0]);
    }

    /** Sends a whole reply. */
    public void reply(String text) {
      sendHead();
      sendText(text);
      sendEnd();
    }

    public void sendReset(int error) {
      send(FrameType.RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(error).array());
    }

    /** Says that no stream after {@code last} will be served. */
    public void sendGoAway(int last) {
      send(FrameType.GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(last).putInt(0).array());
    }

    public void send(int type, int flags, int stream, byte[] payload) {
      try {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Closes without a word. */
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits until the other side has closed the connection. */
    public void awaitClosed() {
      try {
        while (true) {
          read();
        }
      } catch (UncheckedIOException closed) {
        if (closed.getCause() instanceof java.net.SocketTimeoutException) {
          throw new AssertionError("The client did not close the connection.", closed);
        }
      }
    }

    private Frame read() {
      try {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        Frame frame = new Frame(type, flags, in.readInt(), in.readNBytes(length));
        boolean isQuestion = type == FrameType.SETTINGS || type == FrameType.PING;
        if (isQuestion && !frame.isAcknowledgement()) {
          send(type, 1, 0, type == FrameType.PING ? frame.payload() : new byte[0]);
          return read();
        }
        return frame;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
