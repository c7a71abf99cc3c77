package dev.fairway.diagnostic;

import static dev.fairway.diagnostic.Severity.ERROR;
import static dev.fairway.diagnostic.Severity.WARNING;

/**
 * What can be wrong, each with a number that never changes meaning and a page in {@code
 * docs/errors/}. A new one is a line here and its page, at the end of its area: 10xx sources, 20xx
 * checks, 30xx confirm, 40xx link, 50xx release and compile, 60xx toolchain, 70xx deploy, 71xx its
 * AWS side, 72xx its Kubernetes side, 73xx destroy, 80xx images, 90xx policies of channels, 91xx
 * Git and promotion, 92xx evidence and keys, 93xx diff, 94xx GitHub.
 */
public enum Code {
  UNREADABLE_FILE(1001, ERROR, "a file can't be read"),
  NOT_UTF_8(1002, ERROR, "a file is not UTF-8"),
  YAML_SYNTAX(1003, ERROR, "a file is not well-formed YAML"),
  NOT_ONE_DOCUMENT(1004, ERROR, "a file does not hold exactly one document"),
  YAML_FEATURE(1005, ERROR, "a feature of YAML that is not read"),
  DUPLICATE_KEY(1006, ERROR, "a key stands twice in one map"),
  UNKNOWN_KEY(1007, ERROR, "a key that nothing reads"),
  MISSING_KEY(1008, ERROR, "a key is missing"),
  WRONG_TYPE(1009, ERROR, "a value of the wrong type"),
  WRONG_UNIT(1010, ERROR, "a count with a unit"),
  MALFORMED_VALUE(1011, ERROR, "a value that is not what its key asks for"),
  UNKNOWN_VALUE(1012, ERROR, "a word that is none of the allowed ones"),
  OUT_OF_RANGE(1013, ERROR, "a number outside its range"),
  UNKNOWN_REGION(1014, WARNING, "a region that Fairway does not know"),
  ZONE_OUTSIDE_REGION(1015, ERROR, "a zone outside the cluster's region"),
  MIN_ABOVE_MAX(1016, ERROR, "a pool's min_size is above its max_size"),
  NOT_A_MULTIPLE_OF_ZONES(1017, ERROR, "a pool's size can't be split over the zones"),
  SPOT_MISMATCH(1018, ERROR, "discount_strategy and profile disagree about spot"),
  REPEATED_ITEM(1019, ERROR, "an item stands twice in one list"),
  DUPLICATE_CLUSTER(1020, ERROR, "two clusters claim the same identity"),
  ID_MISMATCH(1021, ERROR, "a cluster's id disagrees with its parts"),
  CONFLICTING_KEYS(1022, ERROR, "keys that exclude each other"),
  WRONG_LENGTH(1023, ERROR, "a list of the wrong length"),
  FOREIGN_RESOURCE(1024, ERROR, "a name or resource that belongs elsewhere"),
  WRONG_FILE_NAME(1025, ERROR, "a file whose name hides it"),
  NO_RECORDS(1026, ERROR, "a folder without a cluster record"),
  TOO_MANY_MISTAKES(1027, ERROR, "a file with more mistakes than are listed"),
  UNEXPLAINED_WILDCARD(2001, ERROR, "a wildcard in an IAM policy without a written reason"),
  POD_ROLE(2002, ERROR, "an IAM role of pods that does not reach its pods"),
  ETCD_REACHABLE(2003, ERROR, "etcd is open to others than masters and members"),
  OPEN_TO_ALL(2004, ERROR, "something is open to everybody"),
  AWS_LIMIT(2005, ERROR, "more than AWS allows"),
  PORT_REACH(2006, ERROR, "open ports and needed ports disagree"),
  TAINTS(2007, ERROR, "taints and what puts up with them disagree"),
  UNRESOLVED_NAME(2008, ERROR, "a name that nothing in the platform has"),
  VERSION(2009, ERROR, "something that the Kubernetes version does not have"),
  WORKLOAD_POLICY(2010, ERROR, "a workload breaks the policy without a written reason"),
  CAPACITY(2011, ERROR, "what does not fit on its nodes"),
  SYMBOL_USE(2012, ERROR, "symbols and their uses disagree"),
  NOT_CONFIRMED(3001, ERROR, "what was synthesized is not what was declared"),
  UNKNOWN_SETTING(4001, ERROR, "a config item that nothing uses"),
  ILL_TYPED_SETTING(4002, ERROR, "a config item of the wrong type"),
  MISPLACED_SETTING(4003, ERROR, "a config item in the wrong place"),
  DEFUNCT_SETTING(4004, WARNING, "a config item that once did something"),
  MISSING_SYMBOL(4005, ERROR, "a symbol without a value"),
  ILL_TYPED_SYMBOL(4006, ERROR, "a value that a symbol does not admit"),
  UNKNOWN_PROFILE(4007, ERROR, "a profile that the release does not have"),
  DANGLING_IMPORT(4008, ERROR, "stacks that do not fit together"),
  OVERLAPPING_ADDRESSES(4009, ERROR, "a VPC in the range of pods or Services"),
  UNKNOWN_CLUSTER(4010, ERROR, "a cluster that is not in the fleet"),
  UNFIT_INSTANCE_TYPE(4011, ERROR, "an instance type that does not fit its pool"),
  UNEVEN_INSTANCE_TYPES(4012, WARNING, "instance types of which a later one is smaller"),
  RESERVED_KEY(4013, ERROR, "a label or taint that is the profile's own"),
  FORBIDDEN_LABEL(4014, ERROR, "a label that a kubelet may not give its node"),
  TOO_MUCH_FOR_TAGS(4015, ERROR, "labels and taints that do not fit in AWS's tags"),
  INCOMPLETE_COMPONENT(4016, ERROR, "a component that lacks a setting"),
  NO_RELEASE(5001, ERROR, "a folder that holds no release"),
  UNREADABLE_RELEASE(5002, ERROR, "a release that can't be read"),
  TAMPERED_RELEASE(5003, ERROR, "a release whose files are not those that were compiled"),
  INVALID_TEMPLATE(5004, ERROR, "a template that CloudFormation would refuse"),
  NOT_OURS(5005, ERROR, "an output folder that holds something else"),
  FILE_SYSTEM(5006, ERROR, "a file that the system refuses"),
  INCOHERENT_RELEASE(5007, ERROR, "a release whose parts do not fit together"),
  DEMO_UNDER_WAY(5008, ERROR, "a demo beside another one"),
  NO_CDK(6001, ERROR, "a command line of the toolchain that is not installed"),
  EMPTY_SECRET(7001, ERROR, "a secret that nobody has filled"),
  NOT_HEALTHY(7002, ERROR, "machines that did not come up in time"),
  DRIFT(7003, ERROR, "a cluster that differs from its release"),
  API_DOWN(7004, WARNING, "an API that does not answer"),
  NOT_DEPLOYED(7005, ERROR, "a cluster that does not run its release"),
  NO_CREDENTIALS(7101, ERROR, "no credentials that AWS takes"),
  EXPIRED_CREDENTIALS(7102, ERROR, "credentials that have expired"),
  WRONG_ACCOUNT(7103, ERROR, "credentials of another account"),
  ACCESS_DENIED(7104, ERROR, "a request that AWS does not allow"),
  THROTTLED(7105, ERROR, "more requests than AWS takes"),
  AWS_UNREACHABLE(7106, ERROR, "an endpoint of AWS that can't be reached"),
  AWS_REFUSED(7107, ERROR, "a request that AWS refused"),
  AWS_TOO_SLOW(7108, ERROR, "AWS took longer than it was given"),
  STACK_FAILED(7109, ERROR, "a stack that failed"),
  STACK_SKIPPED(7110, WARNING, "a stack that was not begun"),
  STACK_STUCK(7111, ERROR, "a stack that only people can mend"),
  STACK_BUSY(7112, ERROR, "a stack that somebody else is updating"),
  CDK_FAILED(7113, ERROR, "the cdk command line failed"),
  NOT_BOOTSTRAPPED(7114, ERROR, "an account without CDK's bootstrap"),
  POOL_PROTECTED(7115, ERROR, "a pool that may not be removed"),
  DRIFT_UNKNOWN(7116, WARNING, "drift that CloudFormation can't tell"),
  NO_KUBECONFIG(7201, ERROR, "no kubeconfig that leads to a cluster"),
  API_UNREACHABLE(7202, ERROR, "an API server that does not answer"),
  API_NOT_READY(7203, ERROR, "an API server that does not get ready"),
  API_STRANGER(7204, ERROR, "an API server that does not know who asks"),
  API_FORBIDDEN(7205, ERROR, "something that the caller may not do"),
  API_FAILURE(7206, ERROR, "an API server that fails"),
  ANOTHER_CLUSTER(7207, ERROR, "a kubeconfig of another cluster"),
  FIELD_CONFLICT(7208, ERROR, "a field that somebody else holds"),
  OBJECT_REFUSED(7209, ERROR, "an object that the API server refuses"),
  IMMUTABLE_FIELD(7210, ERROR, "a field that can't be changed any more"),
  UNKNOWN_KIND(7211, ERROR, "an object of a kind that the cluster does not serve"),
  FOREIGN_INVENTORY(7212, ERROR, "an inventory that is not this cluster's"),
  INVENTORY_TOO_LARGE(7213, ERROR, "an inventory that does not fit in a ConfigMap"),
  DELETION_BUDGET(7214, ERROR, "a deletion that nobody allowed"),
  STUCK_DELETION(7215, ERROR, "an object that does not go away"),
  LEFT_ALONE(7216, WARNING, "an object that is no longer Fairway's"),
  LEASE_HELD(7217, ERROR, "another deploy of the cluster is running"),
  LEASE_LOST(7218, ERROR, "a deploy that lost its lease"),
  UNHEALTHY_WORKLOAD(7219, ERROR, "a workload that does not get healthy"),
  UNHEALTHY_NODE(7220, ERROR, "a node that does not get ready"),
  UNAVAILABLE_API_SERVICE(7221, ERROR, "an aggregated API that nothing serves"),
  NOT_ESTABLISHED(7222, ERROR, "a kind or namespace that does not get usable"),
  NOT_CONFIRMED_BY_NAME(7301, ERROR, "a cluster whose name was not given as confirmation"),
  TERMINATION_PROTECTED(7302, ERROR, "a stack with termination protection"),
  STACK_NOT_DELETED(7303, ERROR, "a stack that CloudFormation could not delete"),
  DESTROY_TIMEOUT(7304, ERROR, "a destruction that took longer than it may"),
  LEFTOVER_NOT_DELETED(7305, ERROR, "what a controller made and AWS would not delete"),
  UNKNOWN_RECLAIM_POLICY(7306, ERROR, "volumes that may have to be kept"),
  OBJECTS_REMAIN(7307, WARNING, "objects that did not go before their cluster"),
  RETAINED_BY_POLICY(7308, WARNING, "what a destroyed cluster leaves"),
  API_NOT_ASKED(7309, WARNING, "a destruction without the cluster's API"),
  IMAGE_NOT_FOUND(8001, ERROR, "an image that its registry does not have"),
  REGISTRY_UNREACHABLE(8002, ERROR, "a registry that does not answer"),
  STRANGE_REGISTRY(8003, ERROR, "a registry whose answer can't be believed"),
  IMAGE_WITHOUT_PLATFORM(8004, ERROR, "an image that is not built for our machines"),
  IMAGES_LOCK_ELSEWHERE(8005, ERROR, "no sources to lock the images of"),
  NO_POLICIES(9001, ERROR, "a folder without the policies of channels"),
  CHANNEL_FILE_NAME(9002, ERROR, "a policy in a file that is called otherwise"),
  UNKNOWN_UPSTREAM(9003, ERROR, "an upstream that is no channel"),
  UPSTREAM_CYCLE(9004, ERROR, "channels that are each other's upstream"),
  TWO_FIRST_CHANNELS(9005, ERROR, "two channels without an upstream"),
  DUPLICATE_BRANCH(9006, ERROR, "two channels with one branch"),
  TAKEN_BRANCH(9007, ERROR, "a channel on a branch that Fairway uses itself"),
  UNMEETABLE_GATE(9008, ERROR, "a gate that no key can meet"),
  UNMOVABLE_CHANNEL(9009, ERROR, "a channel that no key may move"),
  USELESS_KEY(9010, ERROR, "a key that is trusted with nothing"),
  MISPLACED_GRANT(9011, ERROR, "a key's right in the wrong list"),
  BACKWARDS_VALIDITY(9012, ERROR, "a key that ends before it starts"),
  FREEZE_RULE(9013, ERROR, "a freeze whose rule can't be followed"),
  ENDLESS_FREEZE(9014, ERROR, "freezes that leave no time between them"),
  SHADOWED_WAVE(9015, ERROR, "a wave that no cluster can be in"),
  WAVELESS_CLUSTER(9016, WARNING, "a cluster that no wave selects"),
  UNKNOWN_WAVE_CLUSTER(9017, WARNING, "a wave that names a cluster which does not follow it"),
  NO_REPOSITORY(9101, ERROR, "a folder that is in no Git repository"),
  NO_REMOTE(9102, ERROR, "a repository without that remote"),
  SHALLOW_CLONE(9103, ERROR, "a clone that lacks its history"),
  REMOTE_UNREACHABLE(9104, ERROR, "a remote that does not answer"),
  PUSH_REJECTED(9105, ERROR, "a push that the remote does not take"),
  DETACHED_HEAD(9106, ERROR, "a commit on no branch"),
  DIRTY_TREE(9107, ERROR, "changes that are in no commit"),
  NOT_PUSHED(9108, ERROR, "a commit that the remote does not have"),
  NO_BRANCH(9109, ERROR, "a branch that is not there"),
  NO_CHANNEL(9110, ERROR, "a channel that no policy knows"),
  NO_PROMOTION(9111, ERROR, "a commit that is no promotion"),
  UNTRUSTED_KEY(9112, ERROR, "a key that may not do that"),
  GATE_NOT_MET(9113, ERROR, "a gate that is not met"),
  NOT_HAD_BEFORE(9114, ERROR, "a release that the channel never had"),
  NOT_A_HOTFIX(9115, ERROR, "a hotfix of something else"),
  NOTHING_TO_PROMOTE(9116, ERROR, "nothing to promote"),
  RESTLESS_CHANNEL(9117, ERROR, "a channel that others keep moving"),
  BROKEN_CHAIN(9118, ERROR, "a chain of promotions that breaks"),
  NO_KEY_GIVEN(9119, ERROR, "an act that nobody signs"),
  BRANCH_SET_BACK(9120, ERROR, "a branch that somebody set back"),
  DOUBTED_GATE(9122, WARNING, "a gate that would not be met today"),
  BROKEN_OBJECT(9131, ERROR, "an object that a clone lacks or can't read"),
  PARTIAL_CLONE(9132, ERROR, "a clone that lacks files"),
  UNFETCHED_BRANCH(9133, ERROR, "a branch that a clone never fetched"),
  MERGED_BACKWARDS(9134, ERROR, "a commit that main only merged"),
  NO_SIGNING_KEY(9201, ERROR, "a signing key that can't be read"),
  WRONG_SIGNING_KEY(9202, ERROR, "a signing key of the wrong kind"),
  LOCKED_SIGNING_KEY(9203, ERROR, "a signing key that stays locked"),
  DISCOUNTED_EVIDENCE(9204, WARNING, "evidence that does not count"),
  REWRITTEN_EVIDENCE(9205, ERROR, "a branch of evidence that was not only added to"),
  UNSIGNED_EVIDENCE(9206, ERROR, "a commit of evidence that nobody trusted signed"),
  WRONG_PREDICATE(9207, ERROR, "a predicate that its kind does not have"),
  NO_CANDIDATE(9208, ERROR, "no release that the evidence would be about"),
  FUTURE_EVIDENCE(9209, ERROR, "evidence of a time that is still to come"),
  GITHUB_NOT_CONFIGURED(9401, ERROR, "no repository on GitHub to ask"),
  GITHUB_UNREACHABLE(9402, ERROR, "a GitHub that does not answer"),
  GITHUB_REFUSED(9403, ERROR, "a request that GitHub refuses"),
  GITHUB_LIMIT(9404, ERROR, "more requests than GitHub takes"),
  NO_PULL_REQUEST(9405, ERROR, "a branch without an open pull request"),
  MOVED_ON(9406, WARNING, "a pull request that has moved on"),
  WAVE_FAILED(9407, ERROR, "a wave that failed, and stops the next"),
  UNKNOWN_WAVE(9408, ERROR, "a wave that a channel does not have");

  private final int number;
  private final Severity severity;
  private final String title;

  Code(int number, Severity severity, String title) {
    this.number = number;
    this.severity = severity;
    this.title = title;
  }

  /** The stable name, such as {@code FW1013}. */
  public String id() {
    return "FW" + number;
  }

  public Severity severity() {
    return severity;
  }

  /** What is wrong in a few words, without the case at hand. */
  public String title() {
    return title;
  }

  /** Where the repository explains it. */
  public String page() {
    return "docs/errors/" + id() + ".md";
  }
}
