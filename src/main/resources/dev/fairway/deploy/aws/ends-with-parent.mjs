// Loaded into the cdk CLI before itself. Standard input is a pipe whose other end only Fairway
// holds: it closes when Fairway ends, also when that was killed and could do nothing about it.
// Nobody would read on, release the lease, or answer for what is deployed next.
process.stdin.on("end", () => process.kill(process.pid, "SIGKILL"));
process.stdin.on("error", () => process.kill(process.pid, "SIGKILL"));
process.stdin.resume();
// Watching must not keep a cdk alive that has done its work.
process.stdin.unref();
