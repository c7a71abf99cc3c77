package dev.fairway.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;

/**
 * What teams run in a cluster, and stand-ins of the two controllers that make things in AWS for it:
 * one that gives Services load balancers, and the CSI driver.
 */
final class Inhabitants {
  private static final String CLEANUP = "service.kubernetes.io/load-balancer-cleanup";

  private final KubernetesClient client;
  private final MadeByControllers made;

  Inhabitants(KubernetesClient client, MadeByControllers made) {
    this.client = client;
    this.made = made;
  }

  /** The StatefulSet makes its claims anew as long as it lives. */
  private static final String OBJECTS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop, finalizers: [%1$s]}
      spec:
        type: LoadBalancer
        ports: [{port: 80}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: internal, namespace: shop}
      spec:
        ports: [{port: 80}]
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: web, namespace: shop}
      spec:
        defaultBackend: {service: {name: web, port: {number: 80}}}
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db, namespace: shop}
      spec:
        serviceName: db
        selector: {matchLabels: {app: db}}
        template:
          metadata: {labels: {app: db}}
          spec:
            containers: [{name: db, image: example.org/db:1}]
        volumeClaimTemplates:
        - metadata: {name: data}
          spec:
            accessModes: [ReadWriteOnce]
            storageClassName: none
            resources: {requests: {storage: 1Gi}}
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata: {name: of-a-team}
      webhooks:
      - name: claims.example.org
        admissionReviewVersions: [v1]
        sideEffects: None
        clientConfig: {service: {name: gone, namespace: shop}}
        rules: [{apiGroups: [""], apiVersions: [v1], operations: [DELETE], resources: ["*"]}]
      """
          .formatted(CLEANUP);

  /** A claim that is bound to a volume in EC2. */
  private static final String CLAIMED =
      """
      apiVersion: v1
      kind: PersistentVolume
      metadata:
        name: %1$s
        annotations: {pv.kubernetes.io/provisioned-by: ebs.csi.aws.com}
      spec:
        capacity: {storage: 1Gi}
        accessModes: [ReadWriteOnce]
        storageClassName: none
        persistentVolumeReclaimPolicy: %2$s
        claimRef: {namespace: shop, name: %1$s}
        csi: {driver: ebs.csi.aws.com, volumeHandle: %3$s}
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: %1$s, namespace: shop}
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: none
        volumeName: %1$s
        resources: {requests: {storage: 1Gi}}
      """;

  /** Returns when they are as they would be in a living cluster. */
  void settle() {
    apply(OBJECTS.substring(0, OBJECTS.indexOf("---")));
    apply(CLAIMED.formatted("data", "Delete", made.volume()));
    apply(CLAIMED.formatted("kept", "Retain", made.untaggedVolume()));
    Eventually.holds(
        "claims are bound",
        Duration.ofSeconds(30),
        () -> volumes().stream().allMatch(volume -> volume.getStatus().getPhase().equals("Bound")));
    apply(OBJECTS);
    Eventually.holds(
        "the StatefulSet has made its claim",
        Duration.ofSeconds(30),
        () -> claims().contains("data-db-0"));
  }

  private void apply(String objects) {
    for (var object : client.load(new ByteArrayInputStream(objects.getBytes(UTF_8))).items()) {
      var _ = client.resource(object).serverSideApply();
    }
  }

  /** Until it is closed: what is deleted of theirs, they let go of. */
  AutoCloseable controllers() {
    var thread = Thread.ofVirtual().start(this::control);
    return () -> {
      thread.interrupt();
      thread.join();
    };
  }

  private void control() {
    while (!Thread.interrupted()) {
      client.services().inNamespace("shop").list().getItems().stream()
          .filter(HasMetadata::isMarkedForDeletion)
          .forEach(service -> {
            made.deleteBalancer();
            client
                .resource(service)
                .edit(found -> {
                  found.getMetadata().setFinalizers(List.of());
                  return found;
                });
          });
      volumes().stream()
          .filter(volume -> volume.getStatus().getPhase().equals("Released"))
          .filter(volume -> volume.getSpec().getPersistentVolumeReclaimPolicy().equals("Delete"))
          .forEach(volume -> {
            made.deleteVolume(volume.getSpec().getCsi().getVolumeHandle());
            client.resource(volume).delete();
          });
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  void requireEmpty() {
    assertThat(names(client.services().inNamespace("shop").list().getItems()))
        .containsExactly("internal");
    assertThat(client.network().v1().ingresses().inAnyNamespace().list().getItems()).isEmpty();
    assertThat(client.apps().statefulSets().inAnyNamespace().list().getItems()).isEmpty();
  }

  /** And the lock is given back. */
  void requireKept() {
    assertThat(claims()).containsExactly("kept");
    assertThat(names(volumes())).containsExactly("kept");
    var lease =
        client.leases().inNamespace("kube-system").withName("fairway-deploy").get().getSpec();
    assertThat(lease.getHolderIdentity()).isNullOrEmpty();
  }

  private List<String> claims() {
    return names(client.persistentVolumeClaims().inNamespace("shop").list().getItems());
  }

  private List<PersistentVolume> volumes() {
    return client.persistentVolumes().list().getItems();
  }

  private static List<String> names(List<? extends HasMetadata> objects) {
    return objects.stream().map(object -> object.getMetadata().getName()).toList();
  }
}
