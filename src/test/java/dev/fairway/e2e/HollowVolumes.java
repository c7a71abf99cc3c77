package dev.fairway.e2e;

import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Optional;

/**
 * Stands in for the EBS CSI driver, which would ask EC2: as soon as the scheduler has a node for
 * the pod of a claim, there is a volume for it, of no zone.
 */
final class HollowVolumes implements AutoCloseable {
  private static final String NODE = "volume.kubernetes.io/selected-node";

  private final KubernetesClient admin;
  private final SharedIndexInformer<PersistentVolumeClaim> claims;

  private HollowVolumes(KubernetesClient admin) {
    this.admin = admin;
    this.claims = admin.persistentVolumeClaims().inAnyNamespace().inform(new Events());
  }

  static HollowVolumes start(KubernetesClient admin) {
    return new HollowVolumes(admin);
  }

  private final class Events implements ResourceEventHandler<PersistentVolumeClaim> {
    @Override
    public void onAdd(PersistentVolumeClaim claim) {
      provide(claim);
    }

    @Override
    public void onUpdate(PersistentVolumeClaim old, PersistentVolumeClaim claim) {
      provide(claim);
    }

    @Override
    public void onDelete(PersistentVolumeClaim claim, boolean unknown) {}
  }

  private void provide(PersistentVolumeClaim claim) {
    var annotations = Optional.ofNullable(claim.getMetadata().getAnnotations());
    if (annotations.filter(all -> all.containsKey(NODE)).isEmpty()
        || claim.getSpec().getVolumeName() != null) {
      return;
    }
    try {
      create(claim);
    } catch (KubernetesClientException e) {
      // It is told again, and of claims that are bound by now.
      if (e.getCode() != 409) {
        throw e;
      }
    }
  }

  private void create(PersistentVolumeClaim claim) {
    var name = "pvc-" + claim.getMetadata().getUid();
    admin
        .resource(
            new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withAccessModes(claim.getSpec().getAccessModes())
                .withStorageClassName(claim.getSpec().getStorageClassName())
                .withCapacity(claim.getSpec().getResources().getRequests())
                .withPersistentVolumeReclaimPolicy("Delete")
                .withNewClaimRef()
                .withApiVersion("v1")
                .withKind("PersistentVolumeClaim")
                .withNamespace(claim.getMetadata().getNamespace())
                .withName(claim.getMetadata().getName())
                .withUid(claim.getMetadata().getUid())
                .endClaimRef()
                .withNewCsi()
                .withDriver("ebs.csi.aws.com")
                .withVolumeHandle(name)
                .endCsi()
                .endSpec()
                .build())
        .create();
  }

  @Override
  public void close() {
    claims.close();
  }
}
