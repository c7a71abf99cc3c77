package dev.fairway.platform.node;

/** The common names of certificates by which others than their owner know who is there. */
public final class Identities {
  /** The API server when it asks a kubelet for logs, or runs a command in a container. */
  public static final String API_SERVER_AT_KUBELETS = "kube-apiserver-kubelet-client";

  /** The API server when it passes a request on to an aggregated API, in a caller's name. */
  public static final String FRONT_PROXY = "front-proxy-client";

  private Identities() {}
}
