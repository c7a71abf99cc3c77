package dev.fairway.source;

import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Renderer;
import dev.fairway.diagnostic.Report;
import dev.fairway.diagnostic.SourceLines;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Cluster records for tests: two that are right, and what goes wrong when a line is changed. */
final class Records {
  static final PlatformFacts FACTS =
      new PlatformFacts(
          List.of("worker", "highcpu", "highmem", "highio", "gpu", "spot"),
          Set.of("worker"),
          Set.of("spot"),
          List.of("dev", "alpha", "stable"));

  static final String PETS =
      """
      id: aws:111122223333:eu-central-1:pets
      infrastructure_account: aws:111122223333
      region: eu-central-1
      local_id: pets
      alias: pets
      owner: team-pets
      environment: test
      criticality_level: 3
      channel: alpha
      lifecycle_status: ready
      api_server_url: https://pets.example.org
      api_scheme: internet-facing
      api_access_cidrs:
        - 198.51.100.0/24
        - 203.0.113.0/24
      hosted_zone:
        id: Z0123456789EXAMPLE01
        name: example.org
      certificate_arn: arn:aws:acm:eu-central-1:111122223333:certificate/0001
      availability_zones:
        - eu-central-1a
        - eu-central-1b
        - eu-central-1c
      vpc_cidr: 172.31.0.0/16
      ami: ami-0123456789abcdef0
      config_items:
        nat_gateways: one
        log_days: "14"
      node_pools:
        - name: spot
          profile: spot
          discount_strategy: spot
          instance_types: [m5.large, m6i.large]
          min_size: 0
          max_size: 100
          config_items:
            labels: team=pets
        - name: worker
          profile: worker
          discount_strategy: none
          instance_types: [m5.large]
          min_size: 3
          max_size: 9
      """;

  /** The same with a network that was there before. */
  static final String VETS =
      PETS.replace("pets", "vets")
          .replace(
              "vpc_cidr: 172.31.0.0/16\n",
              """
              vpc_cidr: 10.64.0.0/18
              vpc_id: vpc-0123456789abcdef0
              public_subnets:
                - subnet-0123456789abcdef0
                - subnet-0123456789abcdef1
                - subnet-0123456789abcdef2
              private_subnets:
                - subnet-0123456789abcdef3
                - subnet-0123456789abcdef4
                - subnet-0123456789abcdef5
              nat_addresses:
                - 203.0.113.10
                - 203.0.113.16/28
              """);

  private Records() {}

  static String edit(String record, String line, String replacement) {
    if (!record.contains(line)) {
      throw new IllegalArgumentException("no such line: " + line);
    }
    return record.replace(line, replacement);
  }

  static SourceFile file(String name, String text) {
    return new SourceFile("clusters/" + name + ".yaml", text);
  }

  static Diagnostics read(SourceFile... files) {
    return FleetReader.read(List.of(files), FACTS).diagnostics();
  }

  static String rendered(SourceFile... files) {
    var texts = Arrays.stream(files).collect(Collectors.toMap(SourceFile::name, SourceFile::text));
    return Renderer.TEXT.render(Report.of(read(files), SourceLines.of(texts)));
  }
}
