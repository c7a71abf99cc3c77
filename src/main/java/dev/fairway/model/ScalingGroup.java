package dev.fairway.model;

/**
 * An Auto Scaling group of a template.
 *
 * @param securityGroup the name of the group that its instances are in
 * @param role the node role of its instances
 * @param nodeConfig the node config that its instances boot with
 */
public record ScalingGroup(
    String logicalId, Value min, Value max, String securityGroup, String role, String nodeConfig) {}
