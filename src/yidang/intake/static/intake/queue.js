// Sends files in chunks that can be continued: the server says how far it has each file.
import { send, Refusal } from "../site/js/send.js";

const CHUNK = 4 * 1024 * 1024;
const LANES = 1; // one after another: files keep the order in which they were laid
const PATIENCE = 5;

export class Queue {
  constructor(filesUrl, report) {
    this.filesUrl = filesUrl;
    this.report = report;
    this.entries = [];
    this.next = 0;
    this.isPaused = false;
    this.sentBytes = 0;
    this.totalBytes = 0;
  }

  add(files) {
    for (const { file, path } of files) {
      this.entries.push({ file, path, sent: 0, state: "waiting", message: "" });
      this.totalBytes += file.size;
    }
    this.report(this);
  }

  pause() {
    this.isPaused = true;
    this.report(this);
  }

  // Resolves when every file is sent or refused, or when paused.
  async run() {
    this.isPaused = false;
    const lanes = [];
    for (let lane = 0; lane < LANES; lane += 1) lanes.push(this.lane());
    await Promise.all(lanes);
    this.report(this);
    return this.isFinished();
  }

  isFinished() {
    return this.entries.every((entry) => entry.state === "sent" || entry.state === "refused");
  }

  failed() {
    return this.entries.filter((entry) => entry.state === "refused");
  }

  async lane() {
    for (;;) {
      const entry = this.isPaused ? null : this.take();
      if (!entry) return;
      await this.deliver(entry);
      this.report(this);
    }
  }

  take() {
    const entry = this.entries.find((candidate) => candidate.state === "waiting");
    if (entry) entry.state = "sending";
    return entry;
  }

  async deliver(entry) {
    for (let failures = 0; ; ) {
      try {
        await this.transfer(entry);
        return;
      } catch (problem) {
        failures += 1;
        if (isFinal(problem)) return this.refuse(entry, problem);
        if (failures >= PATIENCE) return this.hold(entry, problem);
        await wait(500 * 2 ** failures);
      }
    }
  }

  // The first chunk asks and sends in one: the answer says from which byte to go on.
  async transfer(entry) {
    do {
      if (this.isPaused) {
        entry.state = "waiting";
        return;
      }
      const answer = await send(this.filesUrl, { body: this.parcel(entry) });
      this.advance(entry, answer.received);
      this.report(this);
    } while (entry.sent < entry.file.size);
    entry.state = "sent";
  }

  // Length of the heading (4 bytes) ‖ heading as JSON ‖ bytes: a file name stands in no URL and no header.
  parcel(entry) {
    const heading = { path: entry.path, offset: entry.sent, size: entry.file.size };
    const json = new TextEncoder().encode(JSON.stringify(heading));
    const length = new DataView(new ArrayBuffer(4));
    length.setUint32(0, json.length);
    return new Blob([length.buffer, json, entry.file.slice(entry.sent, entry.sent + CHUNK)], {
      type: "application/octet-stream",
    });
  }

  advance(entry, offset) {
    this.sentBytes += offset - entry.sent;
    entry.sent = offset;
  }

  refuse(entry, problem) {
    entry.state = "refused";
    entry.message = problem.message;
  }

  // The line is down: stop as if the person had paused, keep what is sent.
  hold(entry, problem) {
    entry.state = "waiting";
    entry.message = problem.message;
    this.isPaused = true;
  }
}

function isFinal(problem) {
  return problem instanceof Refusal && problem.status >= 400 && problem.status < 500 && problem.status !== 429;
}

function wait(milliseconds) {
  return new Promise((resolve) => window.setTimeout(resolve, milliseconds));
}
