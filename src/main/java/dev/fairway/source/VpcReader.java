package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.model.ApiScheme;
import dev.fairway.model.Cidr;
import dev.fairway.model.Ec2Id;
import dev.fairway.model.Facts;
import dev.fairway.model.Vpc;
import java.util.List;
import java.util.stream.Stream;

/** The keys of a cluster record that say which network it stands in. */
final class VpcReader {
  private static final Shape<List<Ec2Id>> SUBNETS =
      Shape.list(Shapes.SUBNET, Facts.ZONES, Facts.ZONES);
  private static final Shape<List<Cidr>> NAT_ADDRESSES =
      Shape.list(Shapes.ADDRESS_OR_CIDR, 1, Facts.CIDRS);

  private final ObjectReader in;
  private final Field<ApiScheme> apiScheme;
  private final Field<Cidr> cidr;
  private final Field<Ec2Id> id;
  private final Field<List<Ec2Id>> publicSubnets;
  private final Field<List<Ec2Id>> privateSubnets;
  private final Field<List<Cidr>> natAddresses;

  VpcReader(ObjectReader in, Field<ApiScheme> apiScheme) {
    this.in = in;
    this.apiScheme = apiScheme;
    cidr = in.required("vpc_cidr", Shapes.VPC_CIDR);
    id = in.optional("vpc_id", Shapes.VPC);
    publicSubnets = in.optional("public_subnets", SUBNETS, List.of());
    privateSubnets = in.optional("private_subnets", SUBNETS, List.of());
    natAddresses = in.optional("nat_addresses", NAT_ADDRESSES, List.of());
  }

  void check() {
    if (in.has(id.name())) {
      checkBrought();
    } else {
      checkOwn();
      Stream.of(publicSubnets, privateSubnets, natAddresses).forEach(this::refuseWithoutVpc);
    }
  }

  private void checkOwn() {
    if (cidr.is(range -> !Vpc.Own.fits(range))) {
      in.broken(
          Diagnostic.at(
              cidr.span(),
              Code.MALFORMED_VALUE,
              "%s is %s, which is too small for a network that Fairway makes"
                  .formatted(cidr.name(), cidr.get()),
              "write a range of /%d to /%d, of which each of six subnets gets an eighth; only one"
                      .formatted(Vpc.LARGEST, Vpc.SMALLEST_OWN)
                  + " that is there and has a vpc_id may be smaller"));
    }
  }

  private void checkBrought() {
    Stream.of(publicSubnets, privateSubnets)
        .forEach(field -> in.need(field.name(), " beside vpc_id"));
    if (apiScheme.is(ApiScheme.INTERNET_FACING::equals)) {
      in.need(
          natAddresses.name(),
          ": with vpc_id and a public API server, only they tell nodes from strangers");
    }
    if (publicSubnets.with(privateSubnets, VpcReader::overlap)) {
      in.broken(
          Diagnostic.at(
                  privateSubnets.span(),
                  Code.REPEATED_ITEM,
                  "a subnet is public and private",
                  "name three public and three other, private subnets")
              .with("public_subnets", publicSubnets.get(), publicSubnets.span()));
    }
  }

  private static boolean overlap(List<Ec2Id> some, List<Ec2Id> others) {
    return some.stream().anyMatch(others::contains);
  }

  private void refuseWithoutVpc(Field<?> field) {
    if (in.has(field.name())) {
      in.broken(
          Diagnostic.at(
              in.keySpan(field.name()),
              Code.CONFLICTING_KEYS,
              field.name() + " stands without vpc_id",
              "add the vpc_id that it belongs to, or remove it: Fairway makes the network then"));
    }
  }

  Vpc vpc() {
    return id.value()
        .<Vpc>map(vpcId ->
            new Vpc.Brought(
                vpcId, cidr.get(), publicSubnets.get(), privateSubnets.get(), natAddresses.get()))
        .orElseGet(() -> new Vpc.Own(cidr.get()));
  }
}
