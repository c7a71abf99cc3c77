package dev.fairway.platform.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.InstanceType;
import dev.fairway.model.Quantity;
import dev.fairway.platform.cloud.InstanceTypes.Architecture;
import dev.fairway.platform.cloud.InstanceTypes.Size;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstanceTypesTest {
  /** A family's letter says how many GiB come with a vCPU, but for i3, which is older. */
  private static final Map<Character, Integer> GIBIBYTES = Map.of('c', 2, 'm', 4, 'r', 8, 'i', 8);

  private static final Map<String, Integer> VCPUS =
      Map.of("large", 2, "xlarge", 4, "2xlarge", 8, "4xlarge", 16, "8xlarge", 32);

  @Test
  void knowsWhatATypeHas() {
    assertThat(InstanceTypes.find(new InstanceType("g5.12xlarge")))
        .contains(
            new Size(
                new InstanceType("g5.12xlarge"),
                Architecture.AMD64,
                48,
                Quantity.of("192Gi"),
                4,
                Quantity.of("3800G")));
  }

  @Test
  void saysNothingOfATypeThatItLacks() {
    assertThat(InstanceTypes.find(new InstanceType("m9.huge"))).isEmpty();
  }

  @Test
  void sizesAreWhatTheirNamesSay() {
    assertThat(InstanceTypes.all())
        .filteredOn(size -> VCPUS.containsKey(size.type().size()))
        .allSatisfy(size ->
            assertThat(size.vcpus())
                .as(size.type().name())
                .isEqualTo(VCPUS.get(size.type().size())));
  }

  @Test
  void memoryGoesWithTheVcpus() {
    assertThat(InstanceTypes.all())
        .filteredOn(size -> !size.type().family().equals("i3"))
        .filteredOn(size -> GIBIBYTES.containsKey(size.type().name().charAt(0)))
        .hasSizeGreaterThan(100)
        .allSatisfy(size ->
            assertThat(size.memory())
                .as(size.type().name())
                .isEqualTo(Quantity.of(size.vcpus() * gibibytes(size) + "Gi")));
  }

  @Test
  void aFamilyIsOfOneArchitecture() {
    assertThat(InstanceTypes.all())
        .allSatisfy(size -> {
          var graviton = size.type().family().matches("[a-z]+[0-9]g.*");
          assertThat(size.architecture() == Architecture.ARM64)
              .as(size.type().name())
              .isEqualTo(graviton);
        });
  }

  @Test
  void familiesWithDisksSayHowMuchAndOthersHaveNone() {
    var disks = List.of("m5d", "m6id", "i3", "i4i", "i7i", "i3en", "i7ie", "g4dn", "g5", "g6");
    assertThat(InstanceTypes.all())
        .allSatisfy(size ->
            assertThat(size.instanceStore().compareTo(Quantity.ZERO) > 0)
                .as(size.type().name())
                .isEqualTo(disks.contains(size.type().family())));
  }

  private static int gibibytes(Size size) {
    return GIBIBYTES.getOrDefault(size.type().name().charAt(0), 0);
  }
}
