// A certified copy as a PDF: the statement's file inside it, and the digest of its pages as they stand in the file.
var YidangCopy = (function () {
  "use strict";
  const LARGEST = 50 * 1024 * 1024;

  function latin(bytes) {
    let text = "";
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return text;
  }

  // Streams whose dictionary says `what`, in the order of the file, as [dictionary, bytes].
  function streams(bytes, text, what) {
    const found = [];
    const opening = /obj\s*(<<(?:(?!endobj)[\s\S]){0,2000}?>>)\s*stream\r?\n/g;
    for (let match; (match = opening.exec(text)); ) {
      const length = /\/Length (\d+)/.exec(match[1]);
      if (!length) continue;
      const end = opening.lastIndex + Number(length[1]);
      if (match[1].includes(what)) found.push([match[1], bytes.subarray(opening.lastIndex, end)]);
      opening.lastIndex = end;
    }
    return found;
  }

  async function plain(dictionary, bytes) {
    if (!dictionary.includes("/FlateDecode")) return bytes;
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  // The text of the statement's file with `pages_digest`; rejected for a PDF that is no certified copy.
  async function fromFile(file) {
    if (file.size > LARGEST) throw new Error("too large");
    const bytes = new Uint8Array(await file.arrayBuffer());
    const text = latin(bytes);
    for (const [dictionary, content] of streams(bytes, text, "/EmbeddedFile")) {
      const said = JSON.parse(new TextDecoder().decode(await plain(dictionary, content)));
      const pages = streams(bytes, text, "/DCTDecode").map(([, picture]) => YidangCheck.sm3(picture));
      const joined = new Uint8Array(pages.length * 32);
      pages.forEach((digest, at) => joined.set(digest, at * 32));
      return JSON.stringify(Object.assign(said, { pages_digest: YidangCheck.hex(YidangCheck.sm3(joined)) }));
    }
    throw new Error("no statement");
  }

  return { fromFile: fromFile };
})();
