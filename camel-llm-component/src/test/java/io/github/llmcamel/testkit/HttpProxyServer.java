/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP proxy on a free loopback port: opens tunnels, forwards plain requests, and may demand a
 * user or refuse everybody. It remembers what it is asked.
 */
public final class HttpProxyServer implements AutoCloseable {

  private final ServerSocket listener;
  private final String demanded;
  private final int refusal;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  private HttpProxyServer(String demanded, int refusal) {
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.demanded = demanded;
    this.refusal = refusal;
    threads.execute(this::acceptAll);
  }

  /** Serves everybody. */
  public static HttpProxyServer open() {
    return new HttpProxyServer("", 0);
  }

  /** Serves those who show these credentials, by Basic authentication. */
  public static HttpProxyServer demanding(String username, String password) {
    byte[] both = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new HttpProxyServer("Basic " + Base64.getEncoder().encodeToString(both), 0);
  }

  /** Answers every request with this status. */
  public static HttpProxyServer refusing(int status) {
    return new HttpProxyServer("", status);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The heads of all requests, request line first; of a tunnel, only of the CONNECT. */
  public List<String> heads() {
    return heads;
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        sockets.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = readHead(client.getInputStream());
      while (!isWelcome(head)) {
        boolean isRefused = refusal > 0;
        String challenge = isRefused ? "" : "Proxy-Authenticate: Basic realm=\"test\"\r\n";
        int status = isRefused ? refusal : 407;
        readBody(head, client.getInputStream());
        write(
            client, "HTTP/1.1 %d No\r\n%sContent-Length: 2\r\n\r\nno".formatted(status, challenge));
        head = readHead(client.getInputStream());
      }
      String[] requestLine = head.split(" ", 3);
      boolean isTunnel = requestLine[0].equals("CONNECT");
      URI target = URI.create(isTunnel ? "tunnel://" + requestLine[1] : requestLine[1]);
      try (Socket server = new Socket(target.getHost(), target.getPort())) {
        sockets.add(server);
        if (isTunnel) {
          write(client, "HTTP/1.1 200 Connected\r\n\r\n");
        } else {
          write(server, head);
        }
        threads.execute(() -> pump(client, server));
        pump(server, client);
      }
    } catch (IOException ended) {
      // The client has what it wanted, or the test is over.
    }
  }

  private boolean isWelcome(String head) {
    return refusal == 0
        && (demanded.isEmpty() || head.contains("\r\nProxy-Authorization: " + demanded + "\r\n"));
  }

  private String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("The client is gone.");
      }
      read.write(next);
    }
    String head = read.toString(StandardCharsets.ISO_8859_1);
    heads.add(head);
    return head;
  }

  private static void readBody(String head, InputStream in) throws IOException {
    for (String line : head.lines().toList()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        in.skipNBytes(Long.parseLong(line.substring(line.indexOf(':') + 1).strip()));
      }
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int read = from.getInputStream().read(buffer);
          read >= 0;
          read = from.getInputStream().read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException ended) {
      // One side has closed, so both are.
    }
  }
}
