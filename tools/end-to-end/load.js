// Asks the cluster of an end-to-end test all the time, as its users would, and fails when too many answers are missing.
// Run by k6: TARGET=https://load.test.example.org k6 run --duration 1m tools/end-to-end/load.js
import http from "k6/http";
import { check } from "k6";

export const options = {
  vus: 20,
  // One in a thousand: an update may cost a connection now and then, but no seconds in which nobody answers.
  thresholds: {
    http_req_failed: ["rate<0.001"],
    http_req_duration: ["p(99)<1000"],
    checks: ["rate>0.999"],
  },
  // As a browser or another service does: a connection is not kept over hours.
  noVUConnectionReuse: true,
};

export default function () {
  const answer = http.get(__ENV.TARGET, { timeout: "10s" });
  check(answer, { "it is the workload that answers": (got) => got.status === 200 });
}
