package dev.fairway.platform.cloud;

import dev.fairway.model.Cidr;
import dev.fairway.model.Ports;

/**
 * The addresses and ports that are the same in every cluster. They are no settings: a cluster can't
 * be renumbered once pods run in it, and two clusters never route to each other's pods.
 */
public final class Addresses {
  /** Pods' addresses. The VPC's range must lie outside it, and outside that of the services. */
  public static final Cidr PODS = Cidr.of("10.2.0.0/15");

  /** The prefix length of the part that one node gets: 128 addresses. */
  public static final int NODE_PREFIX = 25;

  /** How many nodes the pods' range has room for. */
  public static final int NODES = 1 << (NODE_PREFIX - 15);

  public static final Cidr SERVICES = Cidr.of("10.5.0.0/16");

  /** The {@code kubernetes} Service: always the first address of the services' range. */
  public static final String API_SERVICE = "10.5.0.1";

  /** The {@code kube-dns} Service, which kubelets write into every pod's resolver. */
  public static final String DNS_SERVICE = "10.5.0.10";

  public static final String CLUSTER_DOMAIN = "cluster.local";

  /** The API server's port on masters, and the one that the load balancer passes through. */
  public static final Ports API = Ports.of(6443);

  /** The load balancer's port for people and CI, which ends TLS with the ACM certificate. */
  public static final Ports PUBLIC_API = Ports.of(443);

  /**
   * Where that listener leads on masters, which redirect it to {@link #API}. A classic load
   * balancer takes listeners with the same instance port only if all of them or none speak TLS to
   * it, and the one for nodes passes TLS through without knowing of it.
   */
  public static final Ports PUBLIC_API_ON_MASTERS = Ports.of(8443);

  /** Where workers take requests from load balancers, for applications. */
  public static final Ports INGRESS = Ports.of(9999);

  public static final Ports KUBELET = Ports.of(10250);

  /** flannel's VXLAN, on Linux' port and not on IANA's 4789, over UDP. */
  public static final Ports VXLAN = Ports.of(8472);

  public static final Ports ETCD_CLIENT = Ports.of(2379);
  public static final Ports ETCD_PEER = Ports.of(2380);

  /** What etcd counts of itself, without TLS and without anything of what it stores. */
  public static final Ports ETCD_METRICS = Ports.of(2381);

  /** Where the controller manager tells those who show a token what it counts. */
  public static final Ports CONTROLLER_MANAGER = Ports.of(10257);

  /** Where the scheduler tells those who show a token what it counts. */
  public static final Ports SCHEDULER = Ports.of(10259);

  private Addresses() {}
}
