package dev.fairway.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.fairway.e2e.Authority.Issued;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The way from an API server to what runs in its cluster: Services, webhooks, kubelets. Their
 * addresses are nobody's here, and no packet may look for them, so the API server is given an
 * egress proxy on loopback. It leads to a stand-in for the aggregated APIs, those of the metrics
 * server and of the metrics adapter, and refuses all else. Whether such an API has endpoints is not
 * its doing: the API server asks only while pods behind the Service are ready.
 */
final class ClusterEgress implements AutoCloseable {
  /** Where a master's API server would have its configuration. */
  static final String FILE = "/etc/kubernetes/egress.yaml";

  /** What each says that it has; of the adapter's, nothing is asked for. */
  private static final Map<String, String> RESOURCES =
      Map.of(
          "metrics.k8s.io/v1beta1",
          """
          {"name": "nodes", "singularName": "", "namespaced": false, "kind": "NodeMetrics",
           "verbs": ["get", "list"]},
          {"name": "pods", "singularName": "", "namespaced": true, "kind": "PodMetrics",
           "verbs": ["get", "list"]}
          """,
          "custom.metrics.k8s.io/v1beta1",
          "",
          "external.metrics.k8s.io/v1beta1",
          "");

  /** Of a key store that is never written. */
  private static final char[] PASSWORD = "memory".toCharArray();

  private final ServerSocket proxy;
  private final HttpsServer metrics;

  private ClusterEgress(ServerSocket proxy, HttpsServer metrics) {
    this.proxy = proxy;
    this.metrics = metrics;
  }

  static ClusterEgress start(int port) {
    try {
      var loopback = InetAddress.getLoopbackAddress();
      var metrics = HttpsServer.create(new InetSocketAddress(loopback, 0), 0);
      metrics.setHttpsConfigurator(new HttpsConfigurator(context(TestPki.metricsServer())));
      metrics.createContext("/", ClusterEgress::answer);
      metrics.start();
      var egress = new ClusterEgress(listen(port, loopback), metrics);
      Thread.ofVirtual().start(egress::accept);
      return egress;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What makes an API server use the proxy. It speaks TLS: kube-apiserver 1.36.2 ends with a nil
   * pointer when it is given one without. What it shows of itself is looked at by nobody.
   */
  static String configuration(Place place) {
    return """
    apiVersion: apiserver.k8s.io/v1beta1
    kind: EgressSelectorConfiguration
    egressSelections:
    - name: cluster
      connection:
        proxyProtocol: HTTPConnect
        transport:
          tcp:
            url: https://127.0.0.1:%d
            tlsConfig:
              caBundle: %s
              clientCert: %s
              clientKey: %s
    """
        .formatted(
            place.ports().egress(),
            place.at("/etc/kubernetes/pki/ca.crt"),
            place.at("/etc/kubernetes/pki/front-proxy-client.crt"),
            place.at("/etc/kubernetes/pki/front-proxy-client.key"));
  }

  private static ServerSocket listen(int port, InetAddress address)
      throws GeneralSecurityException, IOException {
    return context(TestPki.egress()).getServerSocketFactory().createServerSocket(port, 50, address);
  }

  private static SSLContext context(Issued issued) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", issued.privateKey(), PASSWORD, issued.chain());
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    var group = exchange.getRequestURI().getPath().replaceFirst("^/apis/", "");
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    if (RESOURCES.containsKey(group)) {
      var list =
          "{\"kind\": \"APIResourceList\", \"apiVersion\": \"v1\", \"groupVersion\": \"%s\", \"resources\": [%s]}"
              .formatted(group, RESOURCES.get(group))
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, list.length);
      exchange.getResponseBody().write(list);
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
    exchange.close();
  }

  private void accept() {
    while (!proxy.isClosed()) {
      try {
        var client = proxy.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  /** One connection of the API server: {@code CONNECT host:port}, then bytes in both directions. */
  private void connect(Socket client) {
    try (client) {
      var target = target(client.getInputStream());
      if (!target.endsWith(":443")) {
        say(client, "HTTP/1.1 502 nothing is there");
        return;
      }
      try (var server =
          new Socket(metrics.getAddress().getAddress(), metrics.getAddress().getPort())) {
        say(client, "HTTP/1.1 200 connected");
        Thread.ofVirtual().start(() -> copy(server, client));
        copy(client, server);
      }
    } catch (IOException _) {
      // One side went away; the API server asks again.
    }
  }

  /** Reads the head of the request byte by byte: what follows is for the server alone. */
  private static String target(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the request ends in its head");
      }
      head.append((char) next);
    }
    return head.toString().split(" ", 3)[1];
  }

  private static void say(Socket client, String status) throws IOException {
    client.getOutputStream().write((status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException _) {
      // The other direction sees it too.
    }
  }

  @Override
  public void close() {
    try {
      proxy.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    metrics.stop(0);
  }
}
