package dev.fairway.e2e;

import java.nio.file.Path;

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
      return new Ports(
          FreePort.next(),
          FreePort.next(),
          FreePort.next(),
          FreePort.next(),
          FreePort.next(),
          FreePort.next());
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
