package dev.fairway.e2e;

import dev.fairway.Compiled;
import dev.fairway.e2e.HollowKubelets.Readiness;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.link.Assembly;
import dev.fairway.link.Linker;
import dev.fairway.model.Cluster;
import dev.fairway.model.Facts;
import dev.fairway.model.Vpc;
import dev.fairway.release.Folders;
import dev.fairway.source.ClusterSource;
import dev.fairway.source.FleetReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/**
 * One cluster of the example fleet in a world of its own: an AWS account on the engine of
 * CloudFormation, and a control plane. What instances would do of themselves is played: once the
 * masters' group has some, the control plane starts; each instance of masters and pools becomes a
 * node, and none any more when its group has let it go.
 */
final class World implements AutoCloseable {
  private static final Path FOLDER = Path.of("target/e2e/worlds").toAbsolutePath();
  private static final String STACK_TAG = "fairway:stack";
  private static final String MASTERS = "control-plane";

  private final String alias;
  private final Path folder;
  private final CloudFormationEngine aws;
  private final ControlPlane controlPlane;
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService life = Executors.newSingleThreadScheduledExecutor();
  private volatile Optional<HollowKubelets> kubelets = Optional.empty();
  private volatile Assembly assembly;
  private int runs;

  private World(String alias, Path folder) {
    this.alias = alias;
    this.folder = folder;
    this.assembly = linked();
    this.aws = CloudFormationEngine.ministack(folder.getFileName().toString(), cluster().id());
    this.controlPlane =
        ControlPlane.prepare(assemblyFolder(), "worlds/" + folder.getFileName() + "/api");
  }

  /**
   * A world without a stack, but with all that the cluster's record takes for granted.
   *
   * @param name of its folder below {@code target/e2e/worlds}
   */
  static World of(String alias, String name) {
    var folder = FOLDER.resolve(name);
    try {
      Folders.delete(folder);
      Files.createDirectories(folder.resolve("clusters"));
      Files.copy(record(alias), folder.resolve("clusters").resolve(alias + ".yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var world = new World(alias, folder);
    world.aws.prepare(world.cluster());
    var _ = world.life.scheduleWithFixedDelay(world::guarded, 0, 1, TimeUnit.SECONDS);
    return world;
  }

  /** Makes the VPC and the subnets that the record brings, and puts their ids into it. */
  void bringVpc() {
    var ec2 = aws.clients().ec2();
    var brought = (Vpc.Brought) cluster().vpc();
    var vpc = ec2.createVpc(request -> request.cidrBlock(brought.cidr().toString())).vpc().vpcId();
    var edited = record().replace(brought.id().toString(), vpc);
    var all = new ArrayList<>(brought.publicSubnets());
    all.addAll(brought.privateSubnets());
    for (var place = 0; place < all.size(); place++) {
      var zone = cluster().zones().get(place % Facts.ZONES).toString();
      var range = brought.cidr().toString().replaceFirst("\\.\\d+\\.0/18", "." + place + ".0/24");
      var subnet =
          ec2.createSubnet(request -> request.vpcId(vpc).cidrBlock(range).availabilityZone(zone));
      edited = edited.replace(all.get(place).toString(), subnet.subnet().subnetId());
    }
    var text = edited;
    record(_ -> text);
  }

  private static Path record(String alias) {
    return Path.of("clusters", alias + ".yaml");
  }

  /** For the report: what a world is made of. */
  static void tellEngines(Evidence evidence) {
    evidence
        .engine("ministack 1.5.33")
        .engine("etcd 3.6.10")
        .engine("kube-apiserver, kube-controller-manager and kube-scheduler 1.36.2")
        .standIn("instances", "records of the engine: nothing boots")
        .standIn("the EBS CSI driver", "volumes are objects of the API only")
        .standIn("kubelets", "nodes and pods are said to be ready, no container runs");
  }

  CloudFormationEngine aws() {
    return aws;
  }

  ControlPlane controlPlane() {
    return controlPlane;
  }

  Cluster cluster() {
    return source().cluster();
  }

  /** As the record is now. */
  Assembly assembly() {
    return assembly;
  }

  /** Where the assembly stands. */
  Path assemblyFolder() {
    return folder.resolve("assembly");
  }

  /** Changes the record; the change must be one. */
  void record(UnaryOperator<String> edit) {
    var file = folder.resolve("clusters").resolve(alias + ".yaml");
    try {
      var before = Files.readString(file);
      var after = edit.apply(before);
      if (after.equals(before)) {
        throw new AssertionError("the edit changes nothing of " + file);
      }
      Files.writeString(file, after);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assembly = linked();
  }

  /** Changes a setting of the cluster, or sets it. */
  void setting(String key, String value) {
    var line = "  %s: \"%s\"".formatted(key, value);
    record(text ->
        text.contains("\n  " + key + ":")
            ? text.replaceFirst("\n  " + key + ":.*", "\n" + line)
            : text.replaceFirst("\nconfig_items:", "\nconfig_items:\n" + line));
  }

  /** The record as it is now. */
  String record() {
    try {
      return Files.readString(folder.resolve("clusters").resolve(alias + ".yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FairwayProcess.Ended deploy(String... more) {
    return begin("deploy", more).await();
  }

  /** Of another release than the one that was compiled here, in a folder. */
  FairwayProcess.Ended deployFrom(Path release) {
    return begin("deploy", release).await();
  }

  /** A command about the cluster, as one types it. */
  FairwayProcess begin(String command, String... more) {
    return begin(command, Compiled.folder(), more);
  }

  private FairwayProcess begin(String command, Path release, String... more) {
    requireSound();
    var arguments = new ArrayList<>(List.of(command, alias));
    arguments.addAll(List.of("--clusters", folder.resolve("clusters").toString()));
    arguments.addAll(List.of("--release", release.toAbsolutePath().toString()));
    arguments.addAll(List.of("--output", "json", "--timeout", "4m"));
    arguments.addAll(List.of(more));
    runs++;
    return FairwayProcess.start(
        environment(), folder.resolve("%02d-%s".formatted(runs, command)), arguments);
  }

  Map<String, String> environment() {
    var environment = new TreeMap<>(aws.environment());
    environment.put("KUBECONFIG", controlPlane.kubeconfig().toString());
    return environment;
  }

  /** Fails with what went wrong out of sight. */
  void requireSound() {
    aws.requireAlive();
    kubelets.ifPresent(HollowKubelets::requireSound);
    if (!failures.isEmpty()) {
      throw new AssertionError("the world of %s failed".formatted(alias), failures.getFirst());
    }
  }

  private ClusterSource source() {
    var fleet = FleetReader.read(folder.resolve("clusters"), Compiled.facts());
    return fleet
        .value()
        .flatMap(found -> found.find(alias))
        .orElseThrow(() -> new AssertionError(fleet.diagnostics().toString()));
  }

  private Assembly linked() {
    var outcome = new Linker(Compiled.linkable()).link(source());
    var found =
        outcome.value().orElseThrow(() -> new AssertionError(outcome.diagnostics().toString()));
    try {
      Folders.replace(assemblyFolder(), found::write);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** One failure must not end the rest of the life. */
  private void guarded() {
    try {
      live();
    } catch (RuntimeException | Error e) {
      if (!life.isShutdown()) {
        failures.add(e);
        // What it would do next would only bury the first cause.
        life.shutdown();
      }
    }
  }

  private void live() {
    var instances = instances();
    if (kubelets.isEmpty() && instances.values().contains(MASTERS)) {
      controlPlane.run();
      kubelets = Optional.of(HollowKubelets.start(controlPlane, Readiness.PLAYED));
    }
    kubelets.ifPresent(found -> follow(found, instances));
  }

  private void follow(HollowKubelets found, Map<Machine, String> instances) {
    var gone = new HashSet<>(found.nodes());
    instances.forEach((machine, stackName) -> {
      if (!gone.remove(machine.id())) {
        node(machine, stackName).ifPresent(node -> found.register(List.of(node)));
      }
    });
    gone.forEach(found::terminate);
  }

  private record Machine(String id, String zone) {}

  /** Those in service, with the stack that they are of. etcd's members are no nodes. */
  private Map<Machine, String> instances() {
    var instances = new java.util.LinkedHashMap<Machine, String>();
    for (var group : aws.clients().autoScaling().describeAutoScalingGroups().autoScalingGroups()) {
      var stack = stack(group);
      if (stack.equals(MASTERS) || stack.startsWith("pool-")) {
        group.instances().stream()
            .filter(instance -> instance.lifecycleState() == LifecycleState.IN_SERVICE)
            .forEach(instance -> instances.put(machine(instance), stack));
      }
    }
    return instances;
  }

  private static Machine machine(Instance instance) {
    return new Machine(instance.instanceId(), instance.availabilityZone());
  }

  private static String stack(AutoScalingGroup group) {
    return group.tags().stream()
        .filter(tag -> tag.key().equals(STACK_TAG))
        .map(TagDescription::value)
        .findFirst()
        .orElse("");
  }

  /** None while the record does not have the stack any more, and the instance is on its way out. */
  private Optional<HollowNode> node(Machine machine, String name) {
    return assembly.stacks().stream()
        .filter(stack -> stack.name().equals(name))
        .findFirst()
        .map(stack -> HollowNode.of(machine.id(), machine.zone(), stack, assemblyFolder()));
  }

  @Override
  public void close() {
    life.shutdownNow();
    try {
      life.awaitTermination(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kubelets.ifPresent(HollowKubelets::close);
    controlPlane.close();
    aws.close();
  }
}
