package dev.fairway.platform.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Facts;
import dev.fairway.model.InstanceType;
import dev.fairway.model.Profile;
import dev.fairway.model.Quantity;
import dev.fairway.model.Taint;
import dev.fairway.platform.cloud.InstanceTypes.Architecture;
import dev.fairway.platform.cloud.InstanceTypes.Size;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProfilesTest {
  static List<Profile> profiles() {
    return Profiles.all();
  }

  @Test
  void areTheSixOfTheArchitecture() {
    assertThat(Profiles.all())
        .extracting(Profile::name)
        .containsExactly("worker", "highcpu", "highmem", "highio", "gpu", "spot");
    assertThat(Profiles.find("gpu")).contains(Profiles.GPU);
    assertThat(Profiles.find("gpus")).isEmpty();
  }

  @Test
  void ordinaryPodsNeedNoToleration() {
    assertThat(Profiles.all())
        .filteredOn(profile -> profile.taints().isEmpty())
        .containsExactly(Profiles.WORKER);
  }

  @Test
  void volumesFindTheirZoneOnWorkers() {
    assertThat(Profiles.all()).filteredOn(Profile::splitByZone).containsExactly(Profiles.WORKER);
  }

  /** The cluster autoscaler takes the first type for all of them. */
  @ParameterizedTest
  @MethodSource("profiles")
  void typesOfAProfileAreAlike(Profile profile) {
    assertThat(sizes(profile)).extracting(Size::vcpus).containsOnly(first(profile).vcpus());
    assertThat(sizes(profile)).extracting(Size::memory).containsOnly(first(profile).memory());
    assertThat(sizes(profile)).extracting(Size::gpus).containsOnly(first(profile).gpus());
    assertThat(sizes(profile)).extracting(Size::architecture).containsOnly(Architecture.AMD64);
  }

  /** What fits the first type's disks must fit those of the others. */
  @Test
  void noTypeHasLessDiskThanTheFirst() {
    var first = first(Profiles.HIGHIO).instanceStore();
    assertThat(sizes(Profiles.HIGHIO))
        .extracting(Size::instanceStore)
        .allMatch(store -> store.compareTo(first) >= 0)
        .allMatch(store -> store.compareTo(Quantity.ZERO) > 0);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void typesFitTheParametersOfAPool(Profile profile) {
    assertThat(profile.instanceTypes())
        .doesNotHaveDuplicates()
        .hasSizeBetween(1, Facts.INSTANCE_TYPES);
  }

  @Test
  void spotHasAsManyTypesAsItMay() {
    assertThat(Profiles.SPOT.instanceTypes()).hasSize(Facts.INSTANCE_TYPES);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void onlyGpuNodesHaveGpus(Profile profile) {
    assertThat(first(profile).gpus() > 0).isEqualTo(profile.gpu());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void taintsAreWellFormed(Profile profile) {
    assertThat(profile.taints())
        .allSatisfy((key, value) -> assertThat(Taint.parse(key + "=" + value)).isPresent());
  }

  /** The NodeRestriction plugin lets a kubelet set few labels of these two domains. */
  @ParameterizedTest
  @MethodSource("profiles")
  void theKubeletMaySetTheLabels(Profile profile) {
    assertThat(Profiles.labels(profile))
        .containsEntry("fairway.dev/role", "worker")
        .containsEntry("fairway.dev/profile", profile.name());
    assertThat(Profiles.labels(profile).keySet())
        .noneMatch(key -> key.matches("(.*\\.)?(kubernetes|k8s)\\.io/.*"));
  }

  private static Size first(Profile profile) {
    return sizes(profile).getFirst();
  }

  private static List<Size> sizes(Profile profile) {
    return profile.instanceTypes().stream()
        .map(InstanceType::new)
        .map(InstanceTypes::find)
        .map(Optional::orElseThrow)
        .toList();
  }
}
