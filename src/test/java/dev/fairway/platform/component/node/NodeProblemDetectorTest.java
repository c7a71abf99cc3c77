package dev.fairway.platform.component.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.platform.component.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeProblemDetectorTest {
  private static final JsonNode MONITOR = monitor();

  /** Lines as the kernel writes them; the detector wants a pattern to reach a line's end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EXT4-fs (nvme0n1p9): Remounting filesystem read-only                     | FilesystemIsReadOnly
          XFS (md127): Filesystem has been shut down due to log error (0x2).       | XfsHasShutDown
          XFS (md127): Log I/O Error (0x2) detected.  Shutting down filesystem.    | XfsHasShutDown
          INFO: task containerd:1234 blocked for more than 122 seconds.            | TaskOfRuntimeHung TaskHung
          INFO: task java:77 blocked for more than 122 seconds.                    | TaskHung
          Memory cgroup out of memory: Killed process 4242 (java) total-vm:1kB, anon-rss:2kB, file-rss:0kB, shmem-rss:0kB | OOMKilling
          BUG: kernel NULL pointer dereference, address: 0000000000000008          | KernelOops
          watchdog: BUG: soft lockup - CPU#3 stuck for 26s! [java:77]              | SoftLockup
          EXT4-fs error (device nvme1n1): ext4_find_entry:1463: inode #2           | Ext4Error
          I/O error, dev nvme1n1, sector 2048 op 0x1:(WRITE) flags 0x800           | IOError
          Buffer I/O error on dev nvme1n1, logical block 0, lost async page write  | IOError
          nvme nvme1: I/O 12 QID 4 timeout, completion polled                      | NvmeTimeout
          mce: [Hardware Error]: Machine check events logged                       | MemoryError
          nf_conntrack: nf_conntrack: table full, dropping packet                  | ConntrackFull
          NVRM: Xid (PCI:0000:00:1e): 79, GPU has fallen off the bus.              | GpuError
          eth0: renamed from veth1                                                 |
          """)
  void aLineOfTheKernelHasItsReasons(String line, @Nullable String reasons) {
    assertThat(String.join(" ", reasons(line))).isEqualTo(reasons == null ? "" : reasons);
  }

  @Test
  void whatStaysHasACondition() {
    var conditions = MONITOR.path("conditions").findValuesAsText("type");
    var named = new ArrayList<String>();
    for (var rule : MONITOR.path("rules")) {
      assertThat(rule.has("condition")).isEqualTo(rule.path("type").asText().equals("permanent"));
      if (rule.has("condition")) {
        named.add(rule.path("condition").asText());
      }
    }
    assertThat(named).hasSameElementsAs(conditions);
  }

  private static List<String> reasons(String line) {
    var reasons = new ArrayList<String>();
    for (var rule : MONITOR.path("rules")) {
      if (Pattern.compile(rule.path("pattern").asText() + "\\z").matcher(line).find()) {
        reasons.add(rule.path("reason").asText());
      }
    }
    return reasons;
  }

  private static JsonNode monitor() {
    try {
      return new ObjectMapper()
          .readTree(Texts.beside(NodeProblemDetector.class, "kernel-monitor.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
