package dev.fairway.deploy;

import dev.fairway.deploy.kubernetes.DeletionBudget;
import java.time.Duration;

/**
 * What whoever deploys may decide.
 *
 * @param holder who deploys, as others are told who wait for the lock
 * @param limit how long the whole may take
 * @param lock for how long the lock of a killed deploy keeps others out; renewed six times in it
 * @param lockWait how long to wait for somebody else's lock
 * @param budget what may be deleted
 * @param withoutApi whether the stacks of a cluster whose API is down are deployed all the same,
 *     without its lock
 */
public record DeployOptions(
    String holder,
    Duration limit,
    Duration lock,
    Duration lockWait,
    DeletionBudget budget,
    boolean withoutApi) {}
