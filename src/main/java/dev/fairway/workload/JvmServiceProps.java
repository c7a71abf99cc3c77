package dev.fairway.workload;

import dev.fairway.model.Image;
import dev.fairway.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a JVM service is. {@link #of} has a good value for all but the name and the image; the other
 * methods give the same with something changed.
 *
 * @param name a DNS label of at most 40 characters: of the objects, and of the application
 */
public record JvmServiceProps(
    String name,
    String namespace,
    Image image,
    Size size,
    Door door,
    Scaling scaling,
    Rollout rollout,
    Ending ending) {
  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");
  private static final int LOWEST_PORT_OF_NO_PRIVILEGE = 1024;

  /**
   * What a pod may take.
   *
   * @param cpu requested, and not limited: a JVM that starts takes what the node has to spare
   * @param memory requested and limited
   * @param heapPercent of the memory; the rest is for threads, code, classes and buffers
   */
  public record Size(Quantity cpu, Quantity memory, int heapPercent) {
    public Size {
      require(heapPercent >= 10 && heapPercent <= 90, "heapPercent", heapPercent, "10 to 90");
      require(
          memory.compareTo(Quantity.of("64Mi")) >= 0, "memory", memory, "64Mi or more for a JVM");
      require(cpu.compareTo(Quantity.ZERO) > 0, "cpu", cpu, "an amount such as 500m");
    }
  }

  /**
   * How one gets in.
   *
   * @param port where the service listens for HTTP
   * @param healthPath answers with 2xx when the service can take requests
   * @param hosts the names under which Skipper routes to it; empty for one that only pods call
   */
  public record Door(int port, String healthPath, List<String> hosts) {
    public Door {
      require(port >= LOWEST_PORT_OF_NO_PRIVILEGE && port <= 65535, "port", port, "1024 to 65535");
      require(healthPath.startsWith("/"), "healthPath", healthPath, "a path such as /health");
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * How a pod ends.
   *
   * @param drain how long it goes on to serve before it is told to end: until then all that sent it
   *     requests have heard
   * @param shutdown how long the service may take to end when it was told
   */
  public record Ending(Duration drain, Duration shutdown) {
    public Ending {
      require(!drain.isNegative(), "drain", drain, "a time of no less than nothing");
      require(shutdown.isPositive(), "shutdown", shutdown, "a time");
    }
  }

  public JvmServiceProps {
    require(NAME.matcher(name).matches(), "name", name, "at most 40 of a-z, 0-9 and -");
    require(
        !door.hosts().isEmpty() || !(scaling.measure() instanceof Scaling.RequestsPerSecond),
        "hosts",
        "",
        "one or more, or scale by CPU: only requests that come through Skipper are counted");
  }

  private static void require(boolean holds, String what, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s is \"%s\": give %s".formatted(what, value, expected));
    }
  }

  /**
   * A service with a GiB of memory and 2 to 10 pods.
   *
   * @param image with its registry and a pinned tag
   */
  public static JvmServiceProps of(String name, String image) {
    return new JvmServiceProps(
        name,
        "default",
        Image.of(image),
        new Size(Quantity.of("500m"), Quantity.of("1Gi"), 70),
        new Door(8080, "/health", List.of()),
        Scaling.onCpu(2, 10),
        new Rollout.Rolling(),
        new Ending(Duration.ofSeconds(20), Duration.ofSeconds(30)));
  }

  public JvmServiceProps inNamespace(String value) {
    return new JvmServiceProps(name, value, image, size, door, scaling, rollout, ending);
  }

  /** {@code "500m"} of CPU and {@code "2Gi"} of memory, for example. */
  public JvmServiceProps withResources(String cpu, String memory) {
    return with(new Size(Quantity.of(cpu), Quantity.of(memory), size.heapPercent()));
  }

  public JvmServiceProps withHeapPercent(int value) {
    return with(new Size(size.cpu(), size.memory(), value));
  }

  public JvmServiceProps listening(int port, String healthPath) {
    return with(new Door(port, healthPath, door.hosts()));
  }

  public JvmServiceProps withHosts(String... values) {
    return with(new Door(door.port(), door.healthPath(), List.of(values)));
  }

  public JvmServiceProps scaledBy(Scaling value) {
    return new JvmServiceProps(name, namespace, image, size, door, value, rollout, ending);
  }

  public JvmServiceProps rolledOutBy(Rollout value) {
    return new JvmServiceProps(name, namespace, image, size, door, scaling, value, ending);
  }

  public JvmServiceProps ending(Duration drain, Duration shutdown) {
    var value = new Ending(drain, shutdown);
    return new JvmServiceProps(name, namespace, image, size, door, scaling, rollout, value);
  }

  private JvmServiceProps with(Size value) {
    return new JvmServiceProps(name, namespace, image, value, door, scaling, rollout, ending);
  }

  private JvmServiceProps with(Door value) {
    return new JvmServiceProps(name, namespace, image, size, value, scaling, rollout, ending);
  }
}
