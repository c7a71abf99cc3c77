package dev.fairway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a test's control plane stands on a machine that it shares.
 *
 * @param root stands for a master's file system
 */
record Place(Path root, Ports ports) {
  /** All on loopback. */
  record Ports(
      int etcd, int etcdPeer, int apiServer, int controllerManager, int scheduler, int egress) {
    static Ports free() {
      // All are held until all are known, or one would be given twice.
      var sockets = new ArrayList<ServerSocket>();
      try {
        for (int i = 0; i < 6; i++) {
          sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
        for (var socket : sockets) {
          socket.close();
        }
        return of(ports);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Ports of(List<Integer> ports) {
      return new Ports(
          ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4), ports.get(5));
    }
  }

  /** How the API server is reached. */
  String server() {
    return "https://127.0.0.1:" + ports.apiServer();
  }

  /** Where a master's file stands here. */
  Path at(String path) {
    return root.resolve(path.substring(1));
  }
}
