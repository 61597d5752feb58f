// Passkeys: the browser's half of WebAuthn. Forms that need it stay hidden where the browser has none.

const bytes = (text) => {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/").padEnd(Math.ceil(text.length / 4) * 4, "=");
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
};

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const descriptors = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

function readable(options) {
  const key = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
  if (key.excludeCredentials) key.excludeCredentials = descriptors(key.excludeCredentials);
  if (key.allowCredentials) key.allowCredentials = descriptors(key.allowCredentials);
  return { publicKey: key };
}

function written(credential) {
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = names.filter((name) => credential.response[name]);
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(given.map((name) => [name, text(credential.response[name])])),
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function ask(form, address, body) {
  const headers = {
    "Content-Type": "application/json",
    Accept: "application/json",
    "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value,
  };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  return { ok: answer.ok, ...(await answer.json()) };
}

async function perform(form) {
  const options = await ask(form, form.dataset.passkeyOptions, {});
  if (!options.ok) return options;
  const isNew = "passkeyNew" in form.dataset;
  const wanted = readable(options);
  const credential = await (isNew ? navigator.credentials.create(wanted) : navigator.credentials.get(wanted));
  const name = form.elements.name ? `?name=${encodeURIComponent(form.elements.name.value)}` : "";
  return ask(form, form.dataset.passkeyAnswer + name, written(credential));
}

function tell(form, message) {
  const place = form.querySelector("[data-passkey-problem]");
  place.textContent = message || place.dataset.text;
  place.hidden = false;
}

async function submit(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const button = form.querySelector("button");
  form.querySelector("[data-passkey-problem]").hidden = true;
  button.disabled = true;
  try {
    const outcome = await perform(form);
    if (outcome.location) window.location.assign(outcome.location);
    else tell(form, outcome.message);
  } catch (_) {
    tell(form); // closed by the person, or the browser's own refusal: it has said why itself
  } finally {
    button.disabled = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("[data-passkey-options]")) {
    form.hidden = false;
    form.addEventListener("submit", submit);
  }
}
