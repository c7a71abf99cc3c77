// Loaded into the cdk CLI before itself. Standard input is a pipe whose other end only Fairway
// holds: it closes when Fairway ends, also when that was killed and could do nothing about it.
// Nobody would read on, release the lease, or answer for what is deployed next.
import { Worker } from "node:worker_threads";

// A thread of its own, because loading the CLI keeps the first one busy for a second or more.
const watch = `
  const end = () => process.kill(process.pid, "SIGKILL");
  new (require("node:net").Socket)({ fd: 0 }).on("close", end).on("error", end).resume();
`;

// Watching must not keep a cdk alive that has done its work.
new Worker(watch, { eval: true }).unref();
