// The page without a server: everything it knows stands in it, as of the day it was made.
(function () {
  "use strict";
  const known = JSON.parse(document.getElementById("known").textContent);
  const words = known.words;
  const text = document.getElementById("statement-text");
  const result = document.getElementById("result");
  const list = YidangCheck.revocations(YidangCheck.unhex(known.revocations), known.keys);
  let file = "";

  function moment(seconds) {
    const china = new Date(seconds * 1000 + 8 * 3600 * 1000);
    return china.toISOString().slice(0, 19).replace("T", " ");
  }

  function add(parent, tag, content, style) {
    const made = document.createElement(tag);
    if (style) made.className = style;
    if (content) made.textContent = content;
    parent.appendChild(made);
    return made;
  }

  function fill(template, facts) {
    return template.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));
  }

  function said(field, value) {
    return field.format === "moment" ? moment(Number(value)) : String(value);
  }

  function sentence(found) {
    const kind = known.kinds[found.kind];
    if (!kind || kind.fields.length !== found.values.length) return words.unknown_kind;
    const facts = { issued: moment(found.issued) };
    kind.fields.forEach((field, at) => (facts[field.key] = said(field, found.values[at])));
    return fill(kind.sentence, facts);
  }

  function pair(parent, label, value, style) {
    const row = add(parent, "div");
    add(row, "dt", label);
    add(row, "dd", value, style);
  }

  function facts(found) {
    const kind = known.kinds[found.kind];
    const table = add(result, "dl", "", "fields");
    pair(table, words.number, found.number, "num");
    if (kind && kind.fields.length === found.values.length) {
      kind.fields.forEach((field, at) => pair(table, field.label, said(field, found.values[at])));
    }
    pair(table, words.issued, moment(found.issued), "num");
    pair(table, words.expires, moment(found.expires), "num");
    pair(table, words.issuer, found.issuer, "code");
  }

  function show(verdict) {
    result.textContent = "";
    result.hidden = false;
    const tone = { valid: "good", expired: "warn" }[verdict.outcome] || "bad";
    const callout = add(result, "div", "", "callout " + tone);
    callout.setAttribute("role", tone === "good" ? "status" : "alert");
    const inner = add(callout, "div");
    add(inner, "p", words["outcome_" + verdict.outcome], "verdict");
    if (verdict.outcome === "revoked") {
      add(inner, "p", fill(words.revoked_on, { at: moment(verdict.revokedAt), reason: words["reason_" + verdict.reason] || verdict.reason }));
    }
    if (verdict.statement) {
      add(result, "h2", known.kinds[verdict.statement.kind] ? known.kinds[verdict.statement.kind].title : verdict.statement.kind);
      add(result, "p", sentence(verdict.statement), "sentence");
      facts(verdict.statement);
      const steps = add(result, "ul", "", "steps");
      add(steps, "li", words.signature_holds, "ok");
      add(steps, "li", words["inclusion_" + verdict.inclusion], { holds: "ok", broken: "no" }[verdict.inclusion] || "open");
      add(steps, "li", fill(words.as_of, { at: moment(list.madeAt) }), verdict.outcome === "revoked" ? "no" : "ok");
      if (verdict.statement.issued > list.madeAt) add(steps, "li", words.newer_than_list, "open");
    }
    result.focus();
  }

  function check() {
    show(YidangCheck.check(file || text.value, { keys: known.keys, list: list }, Date.now() / 1000));
  }

  document.getElementById("as-of").textContent = fill(words.as_of, { at: moment(list.madeAt) });
  document.getElementById("check-form").addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
  text.addEventListener("input", () => (file = ""));
  YidangScanner.attach(
    (found) => {
      file = found.trim().charAt(0) === "{" ? found : "";
      text.value = file ? "" : found;
      check();
    },
    (what) => (document.getElementById("failed-" + what).hidden = false)
  );
  if (location.hash.length > 1) {
    text.value = location.hash.slice(1);
    check();
  }
})();
