// Checks a statement with public keys alone. Plain ES2015, no server, no module loader: the same file stands in the
// page that is carried away on a stick. `nacl` is tweetnacl; SM3 is below and tested against its published vectors.
var YidangCheck = (function () {
  "use strict";
  const EDDSA = -8;
  const OURS = -65537;
  const DEEPEST = 6;
  const LONGEST = 4096;
  const ORDER = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"; // of Ed25519's group, little-endian

  // --- bytes ---

  function hex(bytes) {
    return Array.from(bytes, (one) => ("0" + one.toString(16)).slice(-2)).join("");
  }

  function unhex(text) {
    const pairs = text.match(/^([0-9a-f]{2})*$/) ? text.match(/../g) || [] : fail();
    return Uint8Array.from(pairs, (pair) => parseInt(pair, 16));
  }

  function unbase64(text) {
    return Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  }

  function utf8(text) {
    return new TextEncoder().encode(text);
  }

  function join() {
    const parts = Array.from(arguments);
    const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    parts.reduce((at, part) => (joined.set(part, at), at + part.length), 0);
    return joined;
  }

  function same(one, two) {
    return one.length === two.length && one.every((value, at) => value === two[at]);
  }

  function fail() {
    throw new Error("malformed");
  }

  // Two bytes are five digits, a last single one three.
  function unpack(text) {
    const digits = text.replace(/\s+/g, "").split("#").pop();
    const rest = digits.length % 5;
    if (!/^[0-9]+$/.test(digits) || digits.length > LONGEST || (rest !== 0 && rest !== 3)) fail();
    const bytes = [];
    for (let at = 0; at + 5 <= digits.length; at += 5) {
      const pair = parseInt(digits.slice(at, at + 5), 10);
      if (pair > 0xffff) fail();
      bytes.push(pair >> 8, pair & 255);
    }
    if (rest) {
      const last = parseInt(digits.slice(-3), 10);
      if (last > 255) fail();
      bytes.push(last);
    }
    return Uint8Array.from(bytes);
  }

  // --- SM3, GB/T 32905-2016 ---

  const START = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];

  function rotate(word, by) {
    return by % 32 === 0 ? word : (word << by % 32) | (word >>> (32 - (by % 32)));
  }

  function compress(state, view, start) {
    const w = new Int32Array(68);
    for (let j = 0; j < 16; j += 1) w[j] = view.getInt32(start + 4 * j);
    for (let j = 16; j < 68; j += 1) {
      const x = w[j - 16] ^ w[j - 9] ^ rotate(w[j - 3], 15);
      w[j] = x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(w[j - 13], 7) ^ w[j - 6];
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let j = 0; j < 64; j += 1) {
      const t = j < 16 ? 0x79cc4519 : 0x7a879d8a;
      const ss1 = rotate((rotate(a, 12) + e + rotate(t, j)) | 0, 7);
      const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
      const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
      const tt1 = (ff + d + (ss1 ^ rotate(a, 12)) + (w[j] ^ w[j + 4])) | 0;
      const tt2 = (gg + h + ss1 + w[j]) | 0;
      d = c;
      c = rotate(b, 9);
      b = a;
      a = tt1;
      h = g;
      g = rotate(f, 19);
      f = e;
      e = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17);
    }
    return [a, b, c, d, e, f, g, h].map((value, at) => value ^ state[at]);
  }

  function sm3(data) {
    const padded = new Uint8Array(((data.length + 8) >> 6 << 6) + 64);
    padded.set(data);
    padded[data.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(data.length / 0x20000000));
    view.setUint32(padded.length - 4, data.length * 8);
    let state = START.map((word) => word | 0);
    for (let start = 0; start < padded.length; start += 64) state = compress(state, view, start);
    const digest = new DataView(new ArrayBuffer(32));
    state.forEach((word, at) => digest.setInt32(4 * at, word));
    return new Uint8Array(digest.buffer);
  }

  // --- CBOR and COSE ---

  function decode(bytes) {
    let at = 0;

    function take(count) {
      if (at + count > bytes.length) fail();
      at += count;
      return bytes.subarray(at - count, at);
    }

    function argument(short) {
      if (short < 24) return short;
      if (short > 27) fail();
      const found = take(1 << (short - 24)).reduce((sum, one) => sum * 256 + one, 0);
      return found <= Number.MAX_SAFE_INTEGER ? found : fail();
    }

    function value(deep) {
      const first = take(1)[0];
      const major = first >> 5;
      if (major === 7) return first === 0xf4 ? false : first === 0xf5 ? true : first === 0xf6 ? null : fail();
      const size = argument(first & 31);
      if (major === 0) return size;
      if (major === 1) return -1 - size;
      if (major === 2) return take(size);
      if (major === 3) return new TextDecoder("utf-8", { fatal: true }).decode(take(size));
      if ((major !== 4 && major !== 5) || deep === 0 || size > bytes.length - at) fail();
      const held = [];
      for (let n = 0; n < size; n += 1) held.push(major === 4 ? value(deep - 1) : [value(0), value(deep - 1)]);
      return major === 4 ? held : new Map(held);
    }

    const found = value(DEEPEST);
    return at === bytes.length ? found : fail();
  }

  function bytestring(content) {
    const size = content.length;
    const head = size < 24 ? [0x40 | size] : size < 256 ? [0x58, size] : [0x59, size >> 8, size & 255];
    if (size < 65536) return join(head, content);
    return join([0x5a, size >>> 24, (size >> 16) & 255, (size >> 8) & 255, size & 255], content);
  }

  function envelope(bytes) {
    if (bytes[0] !== 0xd2) fail();
    const parts = decode(bytes.subarray(1));
    if (!Array.isArray(parts) || parts.length !== 4 || !(parts[1] instanceof Map) || parts[1].size) fail();
    const header = decode(parts[0]);
    if (!(header instanceof Map) || header.get(1) !== EDDSA || header.size !== 2) fail();
    if (!(parts[3] instanceof Uint8Array) || parts[3].length !== 64) fail();
    const signed = join([0x84, 0x6a], utf8("Signature1"), bytestring(parts[0]), [0x40], bytestring(parts[2]));
    return { keyId: hex(header.get(4)), payload: parts[2], signature: parts[3], signed: signed };
  }

  // tweetnacl takes a signature whose second half is too large; RFC 8032 does not.
  function isSigned(message, signature, publicKey) {
    const half = hex(Uint8Array.from(signature.subarray(32)).reverse());
    const order = hex(unhex(ORDER).reverse());
    return half < order && nacl.sign.detached.verify(message, signature, publicKey);
  }

  function statement(text) {
    const data = unpack(text);
    const found = envelope(data);
    const claims = decode(found.payload);
    const ours = claims.get(OURS);
    if (claims.size !== 5 || !Array.isArray(ours) || ours.length !== 5 || !Array.isArray(ours[4])) fail();
    if (![claims.get(4), claims.get(6), ours[2], ours[3]].every(Number.isInteger)) fail();
    return Object.assign(found, {
      digest: hex(sm3(data)),
      issuer: claims.get(1),
      expires: claims.get(4),
      issued: claims.get(6),
      number: new TextDecoder().decode(claims.get(7)),
      kind: ours[0],
      entry: hex(ours[1]),
      position: ours[2],
      size: ours[3],
      values: ours[4],
    });
  }

  // --- the log ---

  function rootByPath(leaf, index, size, path) {
    let node = index;
    let last = size - 1;
    let found = leaf;
    if (!(index >= 0 && index < size)) fail();
    path.forEach((sibling) => {
      if (last === 0) fail();
      if (node % 2 === 1 || node === last) {
        found = sm3(join([1], sibling, found));
        while (node % 2 === 0 && node) {
          node = Math.floor(node / 2);
          last = Math.floor(last / 2);
        }
      } else {
        found = sm3(join([1], found, sibling));
      }
      node = Math.floor(node / 2);
      last = Math.floor(last / 2);
    });
    return last === 0 ? found : fail();
  }

  // A signed note; `keys` by key id in hex. Its Ed25519 signature is checked, the SM2 one left to the other verifier.
  function head(note, keys) {
    const parts = note.split("\n\n");
    const lines = parts[0].split("\n");
    if (parts.length !== 2 || lines.length !== 3) fail();
    const isHeld = parts[1].split("\n").filter(Boolean).some((line) => {
      const raw = unbase64(line.split(" ")[2]);
      const key = keys[hex(raw.subarray(0, 4))];
      return key && raw.length === 68 && isSigned(utf8(parts[0] + "\n"), raw.subarray(4), unhex(key));
    });
    return isHeld ? { origin: lines[0], size: Number(lines[1]), root: unbase64(lines[2]) } : fail();
  }

  function leadsTo(proof, top) {
    const leaf = sm3(join([0], utf8(proof.entry)));
    return same(rootByPath(leaf, proof.position, top.size, proof.path.map(unhex)), top.root);
  }

  // "holds", "broken", or "absent" where only the code is there: it is too small for a proof.
  function inclusion(found, file, keys) {
    if (!file) return "absent";
    try {
      const top = head(file.checkpoint, keys);
      const about = JSON.parse(file.about.entry);
      const isIssue = JSON.parse(file.issued.entry).facts.statement_sm3 === found.digest;
      const isSubject = about.id.replace(/-/g, "") === found.entry && file.about.position === found.position;
      const holds = isIssue && isSubject && top.origin === found.issuer;
      return holds && leadsTo(file.issued, top) && leadsTo(file.about, top) ? "holds" : "broken";
    } catch (problem) {
      return "broken";
    }
  }

  // --- the verdict ---

  function revocations(bytes, keys) {
    const found = envelope(bytes);
    if (!keys[found.keyId] || !isSigned(found.signed, found.signature, unhex(keys[found.keyId]))) fail();
    const [format, origin, madeAt, size, rows] = decode(found.payload);
    if (format !== "yidang-revocations/1") fail();
    return { origin: origin, madeAt: madeAt, size: size, revoked: new Map(rows.map((row) => [row[0], row])) };
  }

  // A copy names the digest of its pages last; the one in hand was read from the PDF's own pictures.
  function isOfOtherPages(found, file) {
    const isCopy = /^copy\//.test(found.kind) && file && file.pages_digest;
    return Boolean(isCopy) && found.values[found.values.length - 1] !== file.pages_digest;
  }

  // known: {keys: {id: public key in hex}, list: what `revocations` gave}; given: the code's text or a statement's file.
  function check(given, known, now) {
    let found;
    let file = null;
    try {
      if (given.trim().charAt(0) === "{") file = JSON.parse(given);
      found = statement(file ? file.statement : given);
    } catch (problem) {
      return { outcome: "unreadable" };
    }
    const key = known.keys[found.keyId];
    if (!key) return { outcome: "unknown_key" };
    if (!isSigned(found.signed, found.signature, unhex(key))) return { outcome: "altered" };
    const verdict = { statement: found, inclusion: inclusion(found, file, known.keys) };
    const row = known.list.revoked.get(found.number);
    if (row) return Object.assign(verdict, { outcome: "revoked", revokedAt: row[1], reason: row[2] });
    if (isOfOtherPages(found, file)) return Object.assign(verdict, { outcome: "altered" });
    if (verdict.inclusion === "broken") return Object.assign(verdict, { outcome: "unproved" });
    return Object.assign(verdict, { outcome: found.expires < now ? "expired" : "valid" });
  }

  return { check: check, revocations: revocations, sm3: sm3, hex: hex, unhex: unhex, unpack: unpack };
})();
