// Requests to our own server: the token that proves the page is ours, and errors as text a person can read.
export function token() {
  return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
}

export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export async function send(url, options) {
  const headers = Object.assign({ "X-CSRFToken": token(), Accept: "application/json" }, options.headers || {});
  const response = await fetch(url, Object.assign({ method: "POST", credentials: "same-origin" }, options, { headers }));
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, answer.message || response.statusText);
  return answer;
}

export function sendJson(url, data) {
  return send(url, { body: JSON.stringify(data), headers: { "Content-Type": "application/json" } });
}
