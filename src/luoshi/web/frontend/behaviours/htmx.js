import htmx from "htmx.org/dist/htmx.esm.js";

import { showToast } from "./toasts.js";
import { say } from "./words.js";

/** Configure htmx for the strict policy, send the form token, and turn failures into messages. */
export function startHtmx() {
  Object.assign(htmx.config, {
    allowEval: false,
    includeIndicatorStyles: false,
    // Without "style": copying that attribute from the old element to the new one is what the policy forbids.
    attributesToSettle: ["class", "width", "height"],
    historyRestoreAsHxRequest: false,
    scrollIntoViewOnBoost: false,
    selfRequestsOnly: true,
    // A form that is wrong comes back with 422 and takes the place of the one that was sent.
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "422", swap: true },
      { code: "[45]..", swap: false, error: true },
    ],
  });
  window.htmx = htmx;
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = document.body.dataset.csrf ?? "";
  });
  document.addEventListener("htmx:responseError", (event) => showToast(reasonOf(event.detail.xhr), "danger"));
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => showToast(say("errorOffline"), "danger"));
  }
}

/** Return the server's own sentence where it sent one, else one for the kind of failure. */
function reasonOf(xhr) {
  const kind = xhr.getResponseHeader("Content-Type") ?? "";
  const body = xhr.responseText.trim();
  if (kind.startsWith("text/plain") && body && body.length < 500) return body;
  if (kind.startsWith("application/json")) return messageInJson(body) ?? byStatus(xhr.status);
  if (kind.startsWith("text/html")) {
    const page = new DOMParser().parseFromString(body, "text/html");
    const said = page.querySelector("[data-error-message]")?.textContent.trim();
    if (said) return said;
  }
  return byStatus(xhr.status);
}

function messageInJson(body) {
  try {
    const message = JSON.parse(body).message;
    return typeof message === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}

function byStatus(status) {
  if (status === 401 || status === 403) return say("errorForbidden");
  if (status === 404 || status === 410) return say("errorMissing");
  if (status === 413) return say("errorTooLarge");
  return say("errorServer");
}
