package dev.fairway.deploy.aws;

import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** One kind of thing that controllers and nodes of a cluster make in AWS, beside all stacks. */
interface Made {
  /** As CloudFormation would call it. */
  String type();

  /** The ids of those that are provably the cluster's. */
  List<String> find();

  /**
   * Asks for its end.
   *
   * @throws AwsServiceException when AWS refuses, which may be for as long as something uses it
   */
  void delete(String id);
}
