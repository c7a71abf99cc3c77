package dev.fairway.source;

import dev.fairway.model.Profile;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a cluster record may name that the platform or the repository decides.
 *
 * @param profiles the profiles that a pool may have
 * @param splitByZone those of them whose pools are spread evenly over the zones
 * @param spot those of them that take spot instances
 * @param channels the channels that a cluster may follow
 */
public record PlatformFacts(
    List<String> profiles, Set<String> splitByZone, Set<String> spot, List<String> channels) {
  public PlatformFacts {
    profiles = profiles.stream().sorted().toList();
    splitByZone = Set.copyOf(splitByZone);
    spot = Set.copyOf(spot);
    channels = List.copyOf(channels);
  }

  public static PlatformFacts of(Collection<Profile> profiles, List<String> channels) {
    return new PlatformFacts(
        List.copyOf(names(profiles, _ -> true)),
        names(profiles, Profile::splitByZone),
        names(profiles, Profile::spot),
        channels);
  }

  private static SortedSet<String> names(Collection<Profile> profiles, Predicate<Profile> which) {
    return profiles.stream()
        .filter(which)
        .map(Profile::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
