package dev.fairway.check;

import static dev.fairway.check.Example.good;
import static dev.fairway.platform.cloud.Reachability.API_ELB;
import static dev.fairway.platform.cloud.Reachability.ETCD;
import static dev.fairway.platform.cloud.Reachability.MASTER;
import static dev.fairway.platform.cloud.Reachability.WORKER;

import dev.fairway.diagnostic.Code;
import dev.fairway.model.Facts;
import dev.fairway.model.Image;
import dev.fairway.model.Ports;
import dev.fairway.model.Reach;
import dev.fairway.model.Role;
import dev.fairway.model.Statement;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.model.Value;
import dev.fairway.platform.Platform;
import dev.fairway.platform.Platform.Part;
import dev.fairway.platform.cloud.Network;
import dev.fairway.platform.node.NodeConfig;
import dev.fairway.platform.node.Unit;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** For each rule the example with what the rule is against, all of it in one platform. */
final class FailingFixtures {
  private FailingFixtures() {}

  record Fixture(Supplier<SmallPlatform> small) {
    Platform platform() {
      return small.get().platform();
    }
  }

  static SortedMap<Code, Fixture> all() {
    var all = new TreeMap<Code, Fixture>();
    all.put(Code.UNEXPLAINED_WILDCARD, new Fixture(FailingFixtures::wildcards));
    all.put(Code.POD_ROLE, new Fixture(FailingPods::roles));
    all.put(Code.ETCD_REACHABLE, new Fixture(FailingFixtures::etcd));
    all.put(Code.OPEN_TO_ALL, new Fixture(FailingFixtures::open));
    all.put(Code.AWS_LIMIT, new Fixture(FailingFixtures::limits));
    all.put(Code.PORT_REACH, new Fixture(FailingPods::ports));
    all.put(Code.TAINTS, new Fixture(FailingPods::taints));
    all.put(Code.UNRESOLVED_NAME, new Fixture(FailingPods::names));
    all.put(Code.VERSION, new Fixture(FailingFixtures::versions));
    all.put(Code.WORKLOAD_POLICY, new Fixture(FailingPods::policy));
    all.put(Code.CAPACITY, new Fixture(FailingPods::capacity));
    all.put(Code.SYMBOL_USE, new Fixture(FailingFixtures::symbols));
    return all;
  }

  private static SmallPlatform wildcards() {
    var bucket = List.of(Value.join("arn:aws:s3:::", Facts.ASSETS_BUCKET, "/*"));
    var role =
        Role.ofPods(
            "app",
            List.of(
                Statement.allow("AnyAction", List.of("s3:*"), bucket),
                Statement.allow("AnyResource", List.of("s3:GetObject"), List.of(Value.of("*"))),
                Statement.allow(
                    "AnyQueue",
                    List.of("sqs:SendMessage"),
                    List.of(Value.join("arn:aws:sqs:", Facts.REGION, ":", Facts.ACCOUNT, ":*"))),
                Statement.allow("NoWildcard", List.of("s3:GetObject"), bucket)
                    .because("there was one once"),
                Statement.allow("AnyCaller", List.of("s3:GetObject"), bucket)
                    .principals(new Statement.Principal.Everybody())));
    return good().part(Example.with(Example.app(), role));
  }

  private static SmallPlatform etcd() {
    return good()
        .reach(
            Reach.tcp(WORKER, ETCD, Ports.of(2379), "a worker reads Secrets past the API server"),
            Reach.tcp(MASTER, ETCD, Ports.of(2380), "a master pretends to be a member"),
            new Reach(
                Reach.Direction.INGRESS,
                ETCD,
                new Reach.Network(Value.of(Facts.VPC_CIDR)),
                Reach.Protocol.ALL,
                Optional.empty(),
                "the whole VPC",
                Optional.empty()));
  }

  private static SmallPlatform open() {
    return good()
        .reach(
            Reach.tcp(
                new Reach.Network(Value.of("0.0.0.0/0")), API_ELB, Ports.of(443), "everybody"),
            Reach.tcp(new Reach.Network(Value.of("::/0")), WORKER, Ports.of(80), "everybody"));
  }

  private static SmallPlatform limits() {
    var ports =
        IntStream.rangeClosed(1, 60)
            .mapToObj(port -> Reach.tcp(WORKER, WORKER, Ports.of(port), "one of many"))
            .toArray(Reach[]::new);
    var action = "ec2:" + "Describe".repeat(1280);
    var role =
        Role.ofPods(
            "app", List.of(Statement.allow("Long", List.of(action), List.of(Value.of("a")))));
    var switches =
        IntStream.rangeClosed(1, 150).mapToObj(FailingFixtures::switched).toArray(Part[]::new);
    return good()
        .reach(ports)
        .part(Example.with(Example.app(), role))
        .part(switches)
        .template(Network.declare(), Network.declare());
  }

  private static Part switched(int number) {
    return new Part(
        "switched-" + number,
        Example.SOURCE,
        Optional.of(Symbol.setting("switch_" + number, new SymbolType.Bool(), "true", "A switch")),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  private static SmallPlatform versions() {
    var unit = "[Service]\nExecStart=/usr/bin/kubelet \\\n  --container-runtime=remote\n";
    var node =
        Example.node(
            "worker-worker",
            Example.kubelet("runOnce: false\n"),
            Example.yaml("/etc/odd.yaml", "apiVersion: audit.k8s.io/v1beta1\nkind: Policy\n"));
    return good()
        .node(Example.master("--insecure-port=0"))
        .node(
            new NodeConfig(
                node.name(),
                node.files(),
                List.of(),
                List.of(),
                List.of(Unit.enabled("kubelet.service", unit))))
        .nodeImage(Image.of("registry.k8s.io/kube-scheduler:v1.35.0"))
        .part(
            Example.part(
                "odd",
                new GenericKubernetesResourceBuilder()
                    .withApiVersion("policy/v1beta1")
                    .withKind("PodSecurityPolicy")
                    .withNewMetadata()
                    .withName("app")
                    .endMetadata()
                    .build()));
  }

  private static SmallPlatform symbols() {
    var unused = Symbol.setting("unused", new SymbolType.Bool(), "true", "Nothing reads it");
    return good()
        .setting(unused)
        .node(Example.master("--secure-port=6443", "--v=" + Facts.POOL_NAME.token()))
        .part(
            Example.part(
                "odd",
                Example.AGENT.configMap(
                    "odd.yaml", "⟦setting.apq_memory⟧ " + Facts.POOL_NAME.token())));
  }
}
