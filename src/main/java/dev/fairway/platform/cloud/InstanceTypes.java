package dev.fairway.platform.cloud;

import dev.fairway.model.InstanceType;
import dev.fairway.model.Profile;
import dev.fairway.model.Quantity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the instance types have that profiles and clusters name, as EC2 publishes it. It lets a
 * check judge what fits a node without asking AWS; of a type that the table lacks it judges
 * nothing.
 */
public final class InstanceTypes {
  private static final String RESOURCE = "instance-types.csv";
  private static final String HEADER = "type,architecture,vcpus,memory_mib,gpus,instance_store_gb";
  private static final SortedMap<InstanceType, Size> TABLE = read();

  /** A processor's kind, as Kubernetes names it. */
  public enum Architecture {
    AMD64,
    ARM64
  }

  /**
   * What one instance has, before system and kubelet take their share.
   *
   * @param gpus NVIDIA's, whole ones
   * @param instanceStore the sum of the local NVMe disks; zero where there are none
   */
  public record Size(
      InstanceType type,
      Architecture architecture,
      int vcpus,
      Quantity memory,
      int gpus,
      Quantity instanceStore) {}

  private InstanceTypes() {}

  /** Empty when the table lacks the type. */
  public static Optional<Size> find(InstanceType type) {
    return Optional.ofNullable(TABLE.get(type));
  }

  /** The platforms that images need for nodes of these profiles, such as {@code linux/amd64}. */
  public static SortedSet<String> platforms(List<Profile> profiles) {
    return profiles.stream()
        .flatMap(profile -> profile.instanceTypes().stream())
        .flatMap(type -> find(new InstanceType(type)).stream())
        .map(size -> "linux/" + size.architecture().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All of the table, by name. */
  public static List<Size> all() {
    return List.copyOf(TABLE.values());
  }

  private static SortedMap<InstanceType, Size> read() {
    var table = new TreeMap<InstanceType, Size>();
    try (var lines = open()) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#") && !line.equals(HEADER))
          .map(InstanceTypes::parse)
          .forEach(size -> {
            if (table.put(size.type(), size) != null) {
              throw new IllegalStateException(RESOURCE + " has " + size.type() + " twice");
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Collections.unmodifiableSortedMap(table);
  }

  private static BufferedReader open() {
    var stream = InstanceTypes.class.getResourceAsStream(RESOURCE);
    return new BufferedReader(
        new InputStreamReader(Objects.requireNonNull(stream, RESOURCE), StandardCharsets.UTF_8));
  }

  private static Size parse(String line) {
    var fields = line.split(",", -1);
    if (fields.length != 6) {
      throw new IllegalStateException(RESOURCE + ": not " + HEADER + ": " + line);
    }
    return new Size(
        new InstanceType(fields[0]),
        architecture(fields[1]),
        Integer.parseInt(fields[2]),
        Quantity.of(fields[3] + "Mi"),
        Integer.parseInt(fields[4]),
        Quantity.of(fields[5] + "G"));
  }

  private static Architecture architecture(String name) {
    return switch (name) {
      case "amd64" -> Architecture.AMD64;
      case "arm64" -> Architecture.ARM64;
      default -> throw new IllegalStateException(RESOURCE + ": no architecture: " + name);
    };
  }
}
