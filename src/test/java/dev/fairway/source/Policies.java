package dev.fairway.source;

import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Renderer;
import dev.fairway.diagnostic.Report;
import dev.fairway.diagnostic.SourceLines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Policies of three channels for tests, in which nothing is wrong until a line is changed. */
public final class Policies {
  static final String DEV =
      """
      name: dev
      gates:
        evidence: [load-test, conformance]
      """;

  static final String ALPHA =
      """
      name: alpha
      branch: alpha-releases
      upstream: dev
      gates:
        soak: 24h
        upstream_health: 30m
        change_budget:
          deleted: 20
          replaced: 5
      waves:
        - name: early
          clusters:
            aliases: [pets]
            environments: [test, e2e]
            regions: [eu-central-1]
            criticality_levels: [3, 2]
          pause: 30m
          max_in_flight: 1
          stop_on_failure: false
        - name: others
          max_in_flight: 5
      """;

  static final String STABLE =
      """
      name: stable
      upstream: alpha
      gates:
        soak: 3d
        approvals:
          count: 2
          group: platform
      freezes:
        - reason: the year's end
          time_zone: Europe/Berlin
          start: 2026-12-19T00:00
          duration: 16d
          rule: FREQ=YEARLY
        - reason: once
          time_zone: UTC
          start: 2026-06-01T12:30
          duration: 90m
      """;

  static final String TRUST =
      """
      keys:
        - owner: pipeline
          key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPux3EE5Fm1I5MOovUjJ//S2G+t97npAjfXfWSJHslaP
          promotes: [dev, alpha, stable]
          attests: [conformance, load-test, health]
          from: 2026-01-01T00:00:00Z
        - owner: ada
          key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF43eSdSNluXDw+RJ/fCnoym6W//iNsmweEeviAtlSoq
          attests: [acknowledgement]
          overrides: [soak, upstream-health]
          groups: [platform]
          from: 2026-01-01T00:00:00Z
          until: 2027-01-01T00:00:00Z
        - owner: grace@example.org
          key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF7Y7FrSXOHVm6Bh1AljMoxVEKhPipDQIXwGM3squbJ5
          groups: [platform]
          from: 2026-01-01T00:00:00Z
      """;

  private Policies() {}

  /** The files as they are when nothing is wrong, by the name of the file. */
  public static SequencedMap<String, String> right() {
    var files = new LinkedHashMap<String, String>();
    files.put("channels/stable.yaml", STABLE);
    files.put("channels/dev.yaml", DEV);
    files.put("channels/trust.yaml", TRUST);
    files.put("channels/alpha.yaml", ALPHA);
    return files;
  }

  /** Those with one line of one file changed. */
  public static Map<String, String> edited(String file, String line, String replacement) {
    var files = right();
    files.computeIfPresent(
        "channels/" + file + ".yaml", (_, text) -> Records.edit(text, line, replacement));
    return files;
  }

  public static ChannelReading reading(Map<String, String> files) {
    var sources = new ArrayList<SourceFile>();
    files.forEach((name, text) -> sources.add(new SourceFile(name, text)));
    return ChannelFilesReader.reading(List.copyOf(sources));
  }

  public static String rendered(Diagnostics diagnostics, Map<String, String> files) {
    return Renderer.TEXT.render(Report.of(diagnostics, SourceLines.of(files)));
  }

  /** One cluster, which follows alpha. */
  public static Map<String, String> clusters() {
    return Map.of("clusters/pets.yaml", Records.PETS);
  }

  public static FleetSource fleet() {
    return FleetReader.read(List.of(Records.file("pets", Records.PETS)), Records.FACTS)
        .value()
        .orElseThrow();
  }
}
