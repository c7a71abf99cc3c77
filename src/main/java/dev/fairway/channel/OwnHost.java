package dev.fairway.channel;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.util.Optional;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/**
 * Connections of a transport that has a token: to the remote's own host and no other, wherever its
 * server sends us. JGit would take the token along.
 */
record OwnHost(URIish remote, HttpConnectionFactory connections) implements HttpConnectionFactory {
  /** Whatever it is, GitHub takes the token by its password. */
  private static final String USER = "x-access-token";

  /** Lets the transport use the token, unless others could read it on the way. */
  static void use(TransportHttp transport, String token) {
    var remote = transport.getURI();
    if (Github.isSafe(remote.getScheme(), Optional.ofNullable(remote.getHost()).orElse(""))) {
      transport.setHttpConnectionFactory(new OwnHost(remote, transport.getHttpConnectionFactory()));
      transport.setCredentialsProvider(new UsernamePasswordCredentialsProvider(USER, token));
    }
  }

  @Override
  public HttpConnection create(URL address) throws IOException {
    return connections.create(own(address));
  }

  @Override
  public HttpConnection create(URL address, Proxy proxy) throws IOException {
    return connections.create(own(address), proxy);
  }

  private URL own(URL address) throws Elsewhere {
    var isOwn =
        address.getProtocol().equalsIgnoreCase(remote.getScheme())
            && address.getHost().equalsIgnoreCase(remote.getHost())
            && port(address) == port(remote, address);
    if (!isOwn) {
      throw new Elsewhere(
          "it sends us to %s://%s, where the token must not go"
              .formatted(address.getProtocol(), address.getAuthority()));
    }
    return address;
  }

  private static int port(URL address) {
    return address.getPort() < 0 ? address.getDefaultPort() : address.getPort();
  }

  private static int port(URIish remote, URL sameScheme) {
    return remote.getPort() < 0 ? sameScheme.getDefaultPort() : remote.getPort();
  }

  /** The server names another host. */
  static final class Elsewhere extends IOException {
    private static final long serialVersionUID = 1;

    private Elsewhere(String message) {
      super(message);
    }
  }
}
