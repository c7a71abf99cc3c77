package dev.fairway.workload;

import dev.fairway.model.Image;
import dev.fairway.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a JVM service is. {@link #of} has a good value for all but the name and the image; the other
 * methods give the same with one value changed.
 *
 * @param name a DNS label of at most 40 characters: of the objects, and of the application
 * @param cpu requested, and not limited: a JVM that starts takes what the node has to spare
 * @param memory requested and limited
 * @param heapPercent of the memory; the rest is for threads, code, classes and buffers
 * @param port where the service listens for HTTP
 * @param healthPath answers with 2xx when the service can take requests
 * @param hosts the names under which Skipper routes to it; empty for one that only pods call
 * @param drain how long an ending pod goes on to serve before it is told to end: until then all
 *     that sent it requests have heard
 * @param shutdown how long the service may take to end when it was told
 */
public record JvmServiceProps(
    String name,
    String namespace,
    Image image,
    Quantity cpu,
    Quantity memory,
    int heapPercent,
    int port,
    String healthPath,
    List<String> hosts,
    Scaling scaling,
    Rollout rollout,
    Duration drain,
    Duration shutdown) {
  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");
  private static final int LOWEST_PORT_OF_NO_PRIVILEGE = 1024;

  public JvmServiceProps {
    require(NAME.matcher(name).matches(), "name", name, "at most 40 of a-z, 0-9 and -");
    require(heapPercent >= 10 && heapPercent <= 90, "heapPercent", heapPercent, "10 to 90");
    require(port >= LOWEST_PORT_OF_NO_PRIVILEGE && port <= 65535, "port", port, "1024 to 65535");
    require(healthPath.startsWith("/"), "healthPath", healthPath, "a path such as /health");
    require(memory.compareTo(Quantity.of("64Mi")) >= 0, "memory", memory, "64Mi or more for a JVM");
    require(cpu.compareTo(Quantity.ZERO) > 0, "cpu", cpu, "an amount such as 500m");
    require(!drain.isNegative(), "drain", drain, "a time of no less than nothing");
    require(shutdown.isPositive(), "shutdown", shutdown, "a time");
    hosts = List.copyOf(hosts);
    require(
        !hosts.isEmpty() || !(scaling.measure() instanceof Scaling.RequestsPerSecond),
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
        Quantity.of("500m"),
        Quantity.of("1Gi"),
        70,
        8080,
        "/health",
        List.of(),
        Scaling.onCpu(2, 10),
        new Rollout.Rolling(),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30));
  }

  public JvmServiceProps inNamespace(String value) {
    return new JvmServiceProps(
        name,
        value,
        image,
        cpu,
        memory,
        heapPercent,
        port,
        healthPath,
        hosts,
        scaling,
        rollout,
        drain,
        shutdown);
  }

  /** {@code "500m"} of CPU and {@code "2Gi"} of memory, for example. */
  public JvmServiceProps withResources(String cpuValue, String memoryValue) {
    return new JvmServiceProps(
        name,
        namespace,
        image,
        Quantity.of(cpuValue),
        Quantity.of(memoryValue),
        heapPercent,
        port,
        healthPath,
        hosts,
        scaling,
        rollout,
        drain,
        shutdown);
  }

  public JvmServiceProps withHeapPercent(int value) {
    return new JvmServiceProps(
        name,
        namespace,
        image,
        cpu,
        memory,
        value,
        port,
        healthPath,
        hosts,
        scaling,
        rollout,
        drain,
        shutdown);
  }

  public JvmServiceProps listening(int portValue, String healthPathValue) {
    return new JvmServiceProps(
        name,
        namespace,
        image,
        cpu,
        memory,
        heapPercent,
        portValue,
        healthPathValue,
        hosts,
        scaling,
        rollout,
        drain,
        shutdown);
  }

  public JvmServiceProps withHosts(String... values) {
    return new JvmServiceProps(
        name,
        namespace,
        image,
        cpu,
        memory,
        heapPercent,
        port,
        healthPath,
        List.of(values),
        scaling,
        rollout,
        drain,
        shutdown);
  }

  public JvmServiceProps scaledBy(Scaling value) {
    return new JvmServiceProps(
        name,
        namespace,
        image,
        cpu,
        memory,
        heapPercent,
        port,
        healthPath,
        hosts,
        value,
        rollout,
        drain,
        shutdown);
  }

  public JvmServiceProps rolledOutBy(Rollout value) {
    return new JvmServiceProps(
        name,
        namespace,
        image,
        cpu,
        memory,
        heapPercent,
        port,
        healthPath,
        hosts,
        scaling,
        value,
        drain,
        shutdown);
  }

  public JvmServiceProps ending(Duration drainValue, Duration shutdownValue) {
    return new JvmServiceProps(
        name,
        namespace,
        image,
        cpu,
        memory,
        heapPercent,
        port,
        healthPath,
        hosts,
        scaling,
        rollout,
        drainValue,
        shutdownValue);
  }
}
