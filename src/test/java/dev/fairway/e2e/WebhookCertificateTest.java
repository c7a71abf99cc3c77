package dev.fairway.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.e2e.AccessTable.Who;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import dev.fairway.platform.component.Texts;
import dev.fairway.platform.component.autoscaling.VpaAdmissionController;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that keeps the webhook's certificate, as the account of its pods. */
@Tag("e2e")
@Item(8)
final class WebhookCertificateTest {
  private static final String NAME = "vpa-admission-controller";

  @TempDir private Path folder;
  private AccessCluster cluster;
  private KubernetesClient admin;

  @BeforeEach
  void start() throws IOException {
    cluster = AccessCluster.start("webhook-certificate");
    admin = cluster.client();
    Files.writeString(
        folder.resolve("script.sh"),
        Texts.beside(VpaAdmissionController.class, "webhook-certificate.sh"));
    Files.writeString(
        folder.resolve("token"), cluster.token(new Who.ServiceAccount(NAME, Optional.empty())));
    Files.writeString(folder.resolve("ca.crt"), text(admin.getConfiguration().getCaCertData()));
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void replicasShareOneCertificateWhichIsFollowedByTheNext(Evidence evidence) throws Exception {
    assertThat(secret().getData()).isNullOrEmpty();

    // Both find the Secret empty, and one of them comes second.
    var one = start("one", 1);
    var two = start("two", 1);
    end(one);
    end(two);

    assertThat(placed("one")).isEqualTo(placed("two")).isEqualTo(held("tls.crt"));
    assertThat(read("one", "tls.key")).isEqualTo(held("tls.key"));
    var first = only(held("tls.crt"));
    assertThat(first.getSubjectAlternativeNames())
        .containsExactly(List.of(2, NAME + ".kube-system.svc"));
    first.verify(first.getPublicKey());
    assertThat(trusted()).hasSize(1).first().isEqualTo(first);

    // A day is less than the last third of ninety.
    end(start("one", 90));
    var next = only(held("tls.crt"));
    assertThat(next).isNotEqualTo(first);
    assertThat(trusted()).hasSize(2).first().isEqualTo(first);
    assertThat(trusted()).last().isEqualTo(next);
    assertThat(placed("one")).isEqualTo(held("tls.crt"));

    end(start("two", 90));
    assertThat(placed("two")).isEqualTo(held("tls.crt"));
    assertThat(only(held("tls.crt"))).isEqualTo(next);

    // The release says nothing of what the script has written.
    Manifests.apply(admin, Manifests.of(Assemblies.of("e2e")));
    assertThat(only(held("tls.crt"))).isEqualTo(next);
    assertThat(trusted()).hasSize(2);
    evidence.engine("kube-apiserver 1.36.2").figure("certificates", 2);
  }

  private Process start(String replica, int days) throws IOException {
    var own = Files.createDirectories(folder.resolve(replica));
    var shell = new ProcessBuilder("sh", folder.resolve("script.sh").toString()).inheritIO();
    shell
        .environment()
        .putAll(
            Map.of(
                "NAME", NAME,
                "NAMESPACE", "kube-system",
                "API", admin.getConfiguration().getMasterUrl().replaceAll("/$", ""),
                "ACCOUNT", folder.toString(),
                "FOLDER", own.toString(),
                "DAYS", Integer.toString(days),
                "ONCE", "yes"));
    return shell.start();
  }

  private static void end(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(60, SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private Secret secret() {
    return admin.secrets().inNamespace("kube-system").withName(NAME).get();
  }

  private String held(String key) {
    return text(Objects.requireNonNull(secret().getData().get(key), key));
  }

  private String placed(String replica) throws IOException {
    return read(replica, "tls.crt");
  }

  private String read(String replica, String file) throws IOException {
    return Files.readString(folder.resolve(replica).resolve(file));
  }

  private List<Certificate> trusted() throws CertificateException {
    var webhook =
        admin
            .admissionRegistration()
            .v1()
            .mutatingWebhookConfigurations()
            .withName(NAME)
            .get()
            .getWebhooks()
            .getFirst();
    return List.copyOf(certificates(text(webhook.getClientConfig().getCaBundle())));
  }

  private static X509Certificate only(String pem) throws CertificateException {
    assertThat(certificates(pem)).hasSize(1);
    return (X509Certificate) certificates(pem).iterator().next();
  }

  private static Collection<? extends Certificate> certificates(String pem)
      throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
