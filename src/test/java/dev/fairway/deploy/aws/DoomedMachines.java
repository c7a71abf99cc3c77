package dev.fairway.deploy.aws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;

/** EC2, as far as volumes and security groups are found and deleted; filters it leaves to us. */
final class DoomedMachines implements Ec2Client {
  private final Map<String, Map<String, String>> volumes = new TreeMap<>();
  private final Map<String, Map<String, String>> groups = new TreeMap<>();
  private final Map<String, Integer> attached = new HashMap<>();
  private final List<SecurityGroupRule> rules = new ArrayList<>();
  private int faults;

  void volume(String id, Map<String, String> tags) {
    volumes.put(id, new TreeMap<>(tags));
  }

  /** It can't be deleted when it is first tried this often. */
  void attached(String id, int attempts) {
    attached.put(id, attempts);
  }

  /** The service itself fails at so many of the next requests for volumes. */
  void failing(int times) {
    faults = times;
  }

  private void mayFail() {
    if (faults > 0) {
      faults--;
      throw Ec2Exception.builder().statusCode(503).message("unavailable").build();
    }
  }

  void group(String id, Map<String, String> tags) {
    groups.put(id, tags);
  }

  /** A rule of the group that names another. */
  void rule(String group, String named) {
    rules.add(
        SecurityGroupRule.builder()
            .securityGroupRuleId("sgr-" + rules.size())
            .groupId(group)
            .isEgress(false)
            .referencedGroupInfo(info -> info.groupId(named))
            .build());
  }

  /** The groups that rules of this one name. */
  List<String> namedIn(String group) {
    return rules.stream()
        .filter(rule -> rule.groupId().equals(group))
        .map(rule -> rule.referencedGroupInfo().groupId())
        .toList();
  }

  List<String> volumes() {
    return List.copyOf(volumes.keySet());
  }

  List<String> groups() {
    return List.copyOf(groups.keySet());
  }

  Map<String, String> tags(String volume) {
    return Objects.requireNonNull(volumes.get(volume), volume);
  }

  @Override
  public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
    mayFail();
    if (request.hasVolumeIds() && !volumes.keySet().containsAll(request.volumeIds())) {
      throw refusal("InvalidVolume.NotFound");
    }
    return DescribeVolumesResponse.builder()
        .volumes(
            volumes.entrySet().stream()
                .filter(volume ->
                    !request.hasVolumeIds() || request.volumeIds().contains(volume.getKey()))
                .map(volume ->
                    Volume.builder()
                        .volumeId(volume.getKey())
                        .tags(tags(volume.getValue()))
                        .build())
                .toList())
        .build();
  }

  @Override
  public DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) {
    mayFail();
    if (attached.merge(request.volumeId(), -1, Integer::sum) >= 0) {
      throw refusal("VolumeInUse");
    }
    volumes.remove(request.volumeId());
    return DeleteVolumeResponse.builder().build();
  }

  @Override
  public CreateTagsResponse createTags(CreateTagsRequest request) {
    if (!volumes.keySet().containsAll(request.resources())) {
      throw refusal("InvalidVolume.NotFound");
    }
    for (var id : request.resources()) {
      request.tags().forEach(tag -> tags(id).put(tag.key(), tag.value()));
    }
    return CreateTagsResponse.builder().build();
  }

  @Override
  public DescribeSecurityGroupsResponse describeSecurityGroups(
      DescribeSecurityGroupsRequest request) {
    return DescribeSecurityGroupsResponse.builder()
        .securityGroups(
            groups.entrySet().stream()
                .map(group ->
                    SecurityGroup.builder()
                        .groupId(group.getKey())
                        .tags(tags(group.getValue()))
                        .build())
                .toList())
        .build();
  }

  @Override
  public DescribeSecurityGroupRulesResponse describeSecurityGroupRules(
      DescribeSecurityGroupRulesRequest request) {
    var asked = request.filters().getFirst().values();
    return DescribeSecurityGroupRulesResponse.builder()
        .securityGroupRules(rules.stream().filter(rule -> asked.contains(rule.groupId())).toList())
        .build();
  }

  @Override
  public RevokeSecurityGroupIngressResponse revokeSecurityGroupIngress(
      RevokeSecurityGroupIngressRequest request) {
    rules.removeIf(rule -> request.securityGroupRuleIds().contains(rule.securityGroupRuleId()));
    return RevokeSecurityGroupIngressResponse.builder().build();
  }

  @Override
  public DeleteSecurityGroupResponse deleteSecurityGroup(DeleteSecurityGroupRequest request) {
    var id = request.groupId();
    if (rules.stream()
        .anyMatch(rule ->
            id.equals(rule.referencedGroupInfo().groupId()) && !id.equals(rule.groupId()))) {
      throw refusal("DependencyViolation");
    }
    groups.remove(id);
    rules.removeIf(rule -> rule.groupId().equals(id));
    return DeleteSecurityGroupResponse.builder().build();
  }

  private static Ec2Exception refusal(String code) {
    return (Ec2Exception)
        Ec2Exception.builder()
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage("says " + code).build())
            .build();
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  @Override
  public String serviceName() {
    return "ec2";
  }

  @Override
  public void close() {}
}
