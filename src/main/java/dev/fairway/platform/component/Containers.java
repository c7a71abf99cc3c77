package dev.fairway.platform.component;

import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;

/** Containers, by what they may do to their node. */
public final class Containers {
  /** The user {@code nonroot} of distroless images; any user but root would do. */
  public static final long NONROOT = 65532;

  private Containers() {}

  /** What every container is that has no written reason to be more. */
  public static ContainerBuilder restricted(String name, Image image) {
    return restricted(container(name, image.toString()));
  }

  /** The same, of an image that the cluster gives: {@link Image#setting}. */
  public static ContainerBuilder restricted(String name, Symbol image) {
    return restricted(container(name, image.token()));
  }

  private static ContainerBuilder restricted(ContainerBuilder container) {
    return container.withSecurityContext(
        locked().withRunAsNonRoot(true).withRunAsUser(NONROOT).withRunAsGroup(NONROOT).build());
  }

  /** Root with these capabilities and no other; needs {@link Reason#ROOT}. */
  public static ContainerBuilder root(String name, Image image, String... capabilities) {
    return container(name, image.toString())
        .withSecurityContext(
            locked()
                .withRunAsNonRoot(false)
                .withRunAsUser(0L)
                .withRunAsGroup(0L)
                .editCapabilities()
                .withAdd(capabilities)
                .endCapabilities()
                .build());
  }

  /** As good as the node itself; needs {@link Reason#PRIVILEGED}. */
  public static ContainerBuilder privileged(String name, Image image) {
    return container(name, image.toString())
        .withSecurityContext(
            new SecurityContextBuilder()
                .withPrivileged(true)
                .withReadOnlyRootFilesystem(true)
                .withRunAsNonRoot(false)
                .withRunAsUser(0L)
                .withRunAsGroup(0L)
                .build());
  }

  /** A port with a name of {@link Ingress#METRICS} is scraped. Names have at most 15 characters. */
  public static ContainerPort tcp(String name, int port) {
    return port(name, port, "TCP");
  }

  /** The same, at which the node answers too. The scheduler puts no two of them on one node. */
  public static ContainerPort hostPort(String name, int port) {
    return new ContainerPortBuilder(tcp(name, port)).withHostPort(port).build();
  }

  public static ContainerPort udp(String name, int port) {
    return port(name, port, "UDP");
  }

  private static ContainerPort port(String name, int port, String protocol) {
    return new ContainerPortBuilder()
        .withName(name)
        .withContainerPort(port)
        .withProtocol(protocol)
        .build();
  }

  private static ContainerBuilder container(String name, String image) {
    return new ContainerBuilder()
        .withName(name)
        .withImage(image)
        .withImagePullPolicy("IfNotPresent");
  }

  private static SecurityContextBuilder locked() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities();
  }
}
