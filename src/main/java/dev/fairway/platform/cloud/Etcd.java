package dev.fairway.platform.cloud;

import dev.fairway.model.Facts;
import dev.fairway.model.Ports;
import dev.fairway.model.ScalingGroup;
import dev.fairway.model.StackPolicy;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Whole;
import dev.fairway.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Five etcd members over three zones. Each is an Auto Scaling group of one with a data volume of
 * its own, so that a new machine carries on where the old one stopped, under the same name. Members
 * write their addresses themselves; what stands here is the list of who they are.
 */
public record Etcd(
    Symbol instanceType, Symbol volumeSize, Symbol volumeIops, Symbol volumeThroughput)
    implements Template {
  /** The cluster lives on while two of them are gone: one that is rolled and one that fails. */
  public static final int MEMBERS = 5;

  /**
   * How long a resolver may keep a record of ours, and how long it takes until all know that a
   * member has another address.
   */
  public static final Duration RECORD_TTL = Duration.ofSeconds(60);

  /** The tag whose value is the member's number: whose a volume was, when its stack is gone. */
  static final String MEMBER_TAG = "fairway:etcd-member";

  /** The machine goes, its volume comes loose, the next one boots, mounts it and catches up. */
  static final Duration ROLLING_PATIENCE = Duration.ofMinutes(15);

  /** Flatcar and etcd's image; GiB. What etcd stores is on the data volume. */
  static final int ROOT_VOLUME_SIZE = 20;

  /** What the etcd stack needs of a cluster. */
  public static Etcd declare() {
    return new Etcd(
        Symbol.setting(
            "etcd_instance_type",
            NodeGroup.INSTANCE_TYPE,
            "m6i.large",
            "The instance type of etcd's members"),
        Symbol.setting(
            "etcd_volume_size",
            // Room for a database at its 8 GiB limit, its snapshots and a defragmented copy; and
            // EC2 gives 500 IOPS a GiB, so that every choice of IOPS below fits every size.
            new Whole(32, 1024),
            "32",
            "The GiB of a member's data volume; it grows in place, and never shrinks"),
        Symbol.setting(
            "etcd_volume_iops",
            new Whole(3000, 16_000),
            "3000",
            "The I/O operations per second of a member's data volume; 3000 cost nothing"),
        Symbol.setting(
            "etcd_volume_throughput",
            // EC2 refuses more than a MiB/s for four IOPS: 750 fits the fewest IOPS above.
            new Whole(125, 750),
            "125",
            "The MiB/s of a member's data volume; 125 cost nothing"));
  }

  /** One member, counted from 1. */
  record Member(int number) {

    /** Members are dealt to the zones in turn: 1, 2, 3, 1, 2. */
    int zone() {
      return (number - 1) % Facts.ZONES + 1;
    }

    String logicalId() {
      return "Member" + number;
    }

    String volume() {
      return logicalId() + "Volume";
    }

    /** The name of its group and of its volume. */
    Value name() {
      return Value.join(Value.Pseudo.STACK_NAME, "-" + number);
    }

    NodeGroup nodes() {
      var one = Value.of("1");
      return new NodeGroup(
          new ScalingGroup(logicalId(), one, one, "etcd", "etcd", "etcd"),
          name(),
          List.of(),
          List.of(
              new PointerConfig.Entry("MEMBER", Value.of(Integer.toString(number))),
              new PointerConfig.Entry("VOLUME_ID", Value.ref(volume()))));
    }

    /** What must exist before it: the list of members, and the member before it. */
    List<String> dependencies() {
      return number == 1
          ? services().stream().map(Service::logicalId).toList()
          : List.of(new Member(number - 1).logicalId());
    }
  }

  /** An SRV record that lists all members. etcd demands its name. */
  record Service(String logicalId, String label, Ports port) {

    Value name() {
      return Value.join(label + "._tcp.", Facts.ETCD_DOMAIN);
    }

    /** All members are equal: no priority, no weight. */
    List<Value> targets() {
      return numbers()
          .mapToObj(number -> Value.join("0 0 " + port + " ", memberHost(number)))
          .toList();
    }
  }

  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public String description() {
    return "Five etcd members over three zones, with their volumes and the records that list them";
  }

  @Override
  public List<Symbol> settings() {
    return List.of(instanceType, volumeSize, volumeIops, volumeThroughput);
  }

  /** The DNS name of a member, from 1, for templates. */
  public static Value memberHost(int number) {
    return Value.join("etcd-" + number + ".", Facts.ETCD_DOMAIN);
  }

  /** The DNS names of all members as text with tokens, for node configs. */
  public static List<String> memberHosts() {
    return numbers()
        .mapToObj(number -> "etcd-" + number + "." + Facts.ETCD_DOMAIN.token())
        .toList();
  }

  private static IntStream numbers() {
    return IntStream.rangeClosed(1, MEMBERS);
  }

  static List<Member> members() {
    return numbers().mapToObj(Member::new).toList();
  }

  static List<Service> services() {
    return List.of(
        new Service("PeerService", "_etcd-server-ssl", Addresses.ETCD_PEER),
        new Service("ClientService", "_etcd-client-ssl", Addresses.ETCD_CLIENT));
  }

  @Override
  public List<ScalingGroup> scalingGroups() {
    return members().stream().map(member -> member.nodes().group()).toList();
  }

  /**
   * Volumes hold the data. A group that is deleted or replaced takes its member with it, and
   * CloudFormation, which deletes last and all at once, would not wait for the others' health.
   */
  @Override
  public Optional<StackPolicy> stackPolicy() {
    return Optional.of(
        new StackPolicy(
            members().stream()
                .flatMap(member -> Stream.of(member.logicalId(), member.volume()))
                .toList()));
  }
}
