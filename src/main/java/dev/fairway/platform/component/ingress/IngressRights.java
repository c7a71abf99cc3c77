package dev.fairway.platform.component.ingress;

import dev.fairway.model.Facts;
import dev.fairway.model.Statement;
import dev.fairway.model.Value;
import dev.fairway.model.Value.Pseudo;
import dev.fairway.platform.cloud.Arns;
import dev.fairway.platform.cloud.AutoscalerTags;
import java.util.List;

/**
 * What the load balancers' controller may do in AWS. It makes stacks of one name and with one tag,
 * both of this cluster; what is in them it may change only through CloudFormation, and so nobody
 * else's load balancer.
 */
final class IngressRights {
  /**
   * On all its stacks and, by CloudFormation, on what they hold. Without a colon, at which the
   * controller would split it.
   */
  static final String TAG = "fairway-ingress";

  private IngressRights() {}

  static List<Statement> all() {
    return List.of(
        look(), readCertificates(), createStacks(), changeStacks(), fillStacks(), addTargets());
  }

  private static Statement look() {
    return Statement.allowOnAll(
        "Look",
        List.of(
            "acm:ListCertificates",
            "autoscaling:DescribeAutoScalingGroups",
            "autoscaling:DescribeLoadBalancerTargetGroups",
            "cloudformation:DescribeStacks",
            "ec2:DescribeAccountAttributes",
            "ec2:DescribeInstances",
            "ec2:DescribeInternetGateways",
            "ec2:DescribeRouteTables",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcs",
            "elasticloadbalancing:DescribeListenerAttributes",
            "elasticloadbalancing:DescribeListenerCertificates",
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:DescribeTargetGroupAttributes",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetHealth",
            "iam:ListServerCertificates"),
        "these actions know no resources, or are asked of all: the stacks and the certificates");
  }

  private static Statement readCertificates() {
    return Statement.allow(
            "ReadCertificates",
            List.of(
                "acm:DescribeCertificate",
                "acm:GetCertificate",
                "acm:ListTagsForCertificate",
                "iam:GetServerCertificate",
                "iam:ListServerCertificateTags"),
            List.of(
                Arns.regional("acm", "certificate/*"),
                Value.join(
                    "arn:", Pseudo.PARTITION, ":iam::", Pseudo.ACCOUNT, ":server-certificate/*")))
        .because(
            "it finds them by the hosts in them, whoever had them made; certificates and their"
                + " chains everybody sees who connects, and no keys are among them");
  }

  private static Statement createStacks() {
    return Statement.allow(
            "CreateStacks",
            List.of("cloudformation:CreateStack", "cloudformation:TagResource"),
            List.of(stacks()))
        .when("StringEquals", "aws:RequestTag/" + TAG, Value.of(Facts.CLUSTER_TAG));
  }

  private static Statement changeStacks() {
    return Statement.allow(
            "ChangeStacks",
            List.of(
                "cloudformation:DeleteStack",
                "cloudformation:DescribeStackResource",
                "cloudformation:DescribeStackResources",
                "cloudformation:TagResource",
                "cloudformation:UntagResource",
                "cloudformation:UpdateStack",
                "cloudformation:UpdateTerminationProtection"),
            List.of(stacks()))
        .when("StringEquals", "aws:ResourceTag/" + TAG, Value.of(Facts.CLUSTER_TAG));
  }

  /** The controller's own name for them, with the cluster's id, of which it keeps no colon. */
  private static Value stacks() {
    return Arns.regional(
        "cloudformation",
        "stack/ingress-alb-",
        Pseudo.ACCOUNT,
        "-",
        Pseudo.REGION,
        "-",
        Facts.LOCAL_ID,
        "-*");
  }

  private static Statement fillStacks() {
    return Statement.allow(
            "FillStacks",
            List.of(
                "elasticloadbalancing:AddListenerCertificates",
                "elasticloadbalancing:AddTags",
                "elasticloadbalancing:CreateListener",
                "elasticloadbalancing:CreateLoadBalancer",
                "elasticloadbalancing:CreateRule",
                "elasticloadbalancing:CreateTargetGroup",
                "elasticloadbalancing:DeleteListener",
                "elasticloadbalancing:DeleteLoadBalancer",
                "elasticloadbalancing:DeleteRule",
                "elasticloadbalancing:DeleteTargetGroup",
                "elasticloadbalancing:ModifyListener",
                "elasticloadbalancing:ModifyListenerAttributes",
                "elasticloadbalancing:ModifyLoadBalancerAttributes",
                "elasticloadbalancing:ModifyRule",
                "elasticloadbalancing:ModifyTargetGroup",
                "elasticloadbalancing:ModifyTargetGroupAttributes",
                "elasticloadbalancing:RemoveListenerCertificates",
                "elasticloadbalancing:RemoveTags",
                "elasticloadbalancing:SetIpAddressType",
                "elasticloadbalancing:SetSecurityGroups",
                "elasticloadbalancing:SetSubnets"),
            List.of(Arns.regional("elasticloadbalancing", "*")))
        .when("ForAnyValue:StringEquals", "aws:CalledVia", Value.of("cloudformation.amazonaws.com"))
        .because(
            "CloudFormation alone may, for its caller, who may change the cluster's own stacks and"
                + " no others; listeners are made without tags, under names of chance");
  }

  /** By name and by tag, as the cluster autoscaler: masters' and etcd's groups have neither. */
  private static Statement addTargets() {
    return Statement.allow(
            "AddTargets",
            List.of(
                "autoscaling:AttachLoadBalancerTargetGroups",
                "autoscaling:DetachLoadBalancerTargetGroups"),
            List.of(
                Arns.regional(
                    "autoscaling",
                    "autoScalingGroup:*:autoScalingGroupName/",
                    Facts.LOCAL_ID,
                    "-pool-*")))
        .when("StringEquals", "aws:ResourceTag/" + AutoscalerTags.ENABLED, Value.of("true"));
  }
}
