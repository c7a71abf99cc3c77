package dev.fairway.deploy;

import dev.fairway.deploy.aws.CdkCli;
import dev.fairway.link.Assembly;
import dev.fairway.model.Cluster;
import java.nio.file.Path;

/**
 * What is deployed and where.
 *
 * @param folder in which the assembly stands
 */
public record Target(Cluster cluster, Assembly assembly, Path folder, CdkCli cdk) {}
