package dev.fairway.platform.cloud;

import static dev.fairway.platform.cloud.ControlPlane.HEALTH_CHECK;
import static dev.fairway.platform.cloud.ControlPlane.LOAD_BALANCER;
import static dev.fairway.platform.cloud.ControlPlane.RECORD;

import dev.fairway.model.Facts;
import dev.fairway.model.Listener;
import dev.fairway.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awscdk.services.autoscaling.CfnAutoScalingGroup;
import software.amazon.awscdk.services.elasticloadbalancing.CfnLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancing.CfnLoadBalancerProps;
import software.amazon.awscdk.services.route53.CfnRecordSet;
import software.amazon.awscdk.services.route53.CfnRecordSetProps;
import software.constructs.Construct;

/** Builds {@link ControlPlane}. */
public final class ControlPlaneStack extends NodeStack {
  /** TLS 1.2 and nothing older; classic load balancers know nothing newer. */
  private static final String TLS_POLICY = "ELBSecurityPolicy-TLS-1-2-2017-01";

  private static final String TLS_POLICY_NAME = "tls-1-2";

  /** Minutes; the load balancer offers 5 and 60. */
  private static final int ACCESS_LOG_INTERVAL = 5;

  private final ControlPlane facts;

  public ControlPlaneStack(Construct app, ControlPlane facts) {
    super(app, facts);
    this.facts = facts;
    loadBalancer();
    record();
    launchTemplate(ControlPlane.masters(), facts.instanceType(), number(facts.rootVolumeSize()));
    masters();
    outputs();
  }

  private void loadBalancer() {
    var _ =
        new CfnLoadBalancer(
            this,
            LOAD_BALANCER,
            CfnLoadBalancerProps.builder()
                .loadBalancerName(text(Value.join(Facts.LOCAL_ID, "-api")))
                .scheme(text(Facts.API_SCHEME))
                .subnets(IntStream.rangeClosed(1, Facts.ZONES).mapToObj(this::subnet).toList())
                .securityGroups(
                    List.of(text(Value.imported(Foundation.groupExport(Reachability.API_ELB)))))
                .listeners(facts.listeners().stream().map(this::listener).toList())
                .policies(List.of(tlsPolicy()))
                .healthCheck(healthCheck())
                // Two masters leave one of the three zones without any.
                .crossZone(true)
                .connectionDrainingPolicy(draining())
                .connectionSettings(
                    CfnLoadBalancer.ConnectionSettingsProperty.builder()
                        .idleTimeout(ControlPlane.IDLE.toSeconds())
                        .build())
                .accessLoggingPolicy(accessLogs())
                .tags(List.of(nameTag("api")))
                .build());
  }

  /** Where the load balancer stands in a zone: in public where it is reached from outside. */
  private String subnet(int zone) {
    return text(
        either(
            equal("ApiIsPublic", Facts.API_SCHEME, "internet-facing"),
            json(Value.imported(Network.publicSubnetExport(zone))),
            json(Value.imported(Network.privateSubnetExport(zone)))));
  }

  private CfnLoadBalancer.ListenersProperty listener(Listener listener) {
    var props =
        CfnLoadBalancer.ListenersProperty.builder()
            .loadBalancerPort(Integer.toString(listener.port()))
            .protocol(listener.protocol())
            .instancePort(Integer.toString(listener.instancePort()))
            .instanceProtocol(listener.instanceProtocol());
    listener
        .certificate()
        .ifPresent(certificate ->
            props.sslCertificateId(text(certificate)).policyNames(List.of(TLS_POLICY_NAME)));
    return props.build();
  }

  /**
   * Towards the masters there is none that would verify their certificates: the load balancer only
   * knows keys, so each new key would need a new policy first. Security groups say who they are.
   */
  private static CfnLoadBalancer.PoliciesProperty tlsPolicy() {
    return CfnLoadBalancer.PoliciesProperty.builder()
        .policyName(TLS_POLICY_NAME)
        .policyType("SSLNegotiationPolicyType")
        .attributes(List.of(Map.of("Name", "Reference-Security-Policy", "Value", TLS_POLICY)))
        .build();
  }

  private static CfnLoadBalancer.HealthCheckProperty healthCheck() {
    var threshold = Integer.toString(HEALTH_CHECK.threshold());
    return CfnLoadBalancer.HealthCheckProperty.builder()
        .target(HEALTH_CHECK.target())
        .interval(seconds(HEALTH_CHECK.interval()))
        .timeout(seconds(HEALTH_CHECK.timeout()))
        .healthyThreshold(threshold)
        .unhealthyThreshold(threshold)
        .build();
  }

  private static CfnLoadBalancer.ConnectionDrainingPolicyProperty draining() {
    return CfnLoadBalancer.ConnectionDrainingPolicyProperty.builder()
        .enabled(true)
        .timeout(ControlPlane.DRAINING.toSeconds())
        .build();
  }

  private CfnLoadBalancer.AccessLoggingPolicyProperty accessLogs() {
    return CfnLoadBalancer.AccessLoggingPolicyProperty.builder()
        .enabled(true)
        .s3BucketName(text(Value.imported(Foundation.ELB_LOGS)))
        .emitInterval(ACCESS_LOG_INTERVAL)
        .build();
  }

  private void record() {
    var target =
        CfnRecordSet.AliasTargetProperty.builder()
            .dnsName(text(Value.attribute(LOAD_BALANCER, "DNSName")))
            // Despite its name an id, and that of AWS' zone.
            .hostedZoneId(text(Value.attribute(LOAD_BALANCER, "CanonicalHostedZoneNameID")))
            // There is no other answer to fall back to.
            .evaluateTargetHealth(false)
            .build();
    var _ =
        new CfnRecordSet(
            this,
            RECORD,
            CfnRecordSetProps.builder()
                .hostedZoneId(text(Facts.HOSTED_ZONE_ID))
                .name(text(Facts.API_HOST))
                .type("A")
                .aliasTarget(target)
                .build());
  }

  private void masters() {
    var nodes = ControlPlane.masters();
    var subnets = IntStream.rangeClosed(1, Facts.ZONES).mapToObj(this::privateSubnet).toList();
    var group =
        new CfnAutoScalingGroup(
            this,
            nodes.logicalId(),
            group(nodes)
                .desiredCapacity(text(nodes.group().min()))
                .launchTemplate(newestLaunch(nodes))
                .vpcZoneIdentifier(subnets)
                .loadBalancerNames(List.of(text(Value.ref(LOAD_BALANCER))))
                .build());
    // Whoever asks for the name before it is there has the resolver remember that it is not.
    dependsOn(group, List.of(RECORD));
    created(group, ControlPlane.MASTERS, ControlPlane.CREATION_PATIENCE);
    rolling(group, ControlPlane.MASTERS - 1, ControlPlane.ROLLING_PATIENCE);
  }

  private void outputs() {
    output("ApiUrl", "The API server for people and CI", Value.join("https://", Facts.API_HOST));
    output(
        "NodeApiUrl",
        "The API server for nodes, with client certificates",
        Value.join("https://", Facts.API_HOST, ":" + Addresses.API));
    output("LoadBalancerName", "The API server's load balancer", Value.ref(LOAD_BALANCER));
    output(
        "LoadBalancerHost",
        "The load balancer's own DNS name",
        Value.attribute(LOAD_BALANCER, "DNSName"));
    output(
        "MasterGroup",
        "The Auto Scaling group of the masters",
        Value.ref(ControlPlane.masters().logicalId()));
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }
}
