import { say } from "./words.js";

const STAY = { ok: 5000, info: 6000, neutral: 6000 };
const TONES = { success: "ok", error: "danger", warning: "warn", debug: "neutral" };
const ICONS = { ok: "circle-check", info: "info-circle", neutral: "info-circle", warn: "alert-triangle", danger: "alert-octagon" };

/** Show a message in the corner; warnings and errors stay until somebody closes them. */
export function showToast(message, tone = "info") {
  const shelf = document.querySelector("[data-toasts]");
  const pattern = document.getElementById("toast-template");
  if (!shelf || !pattern || !message) return;
  const kind = TONES[tone] ?? tone;
  const toast = pattern.content.firstElementChild.cloneNode(true);
  toast.classList.add(`toast--${kind}`);
  toast.querySelector(".toast__text").textContent = message;
  const drawing = toast.querySelector("use");
  drawing?.setAttribute("href", drawing.getAttribute("href").replace(/#.*/, `#${ICONS[kind] ?? ICONS.info}`));
  shelf.append(toast);
  leaveLater(toast, kind);
}

function leaveLater(toast, kind) {
  if (!(kind in STAY)) return;
  let timer = setTimeout(() => toast.remove(), STAY[kind]);
  toast.addEventListener("pointerenter", () => clearTimeout(timer));
  toast.addEventListener("pointerleave", () => {
    timer = setTimeout(() => toast.remove(), 2000);
  });
}

export function startToasts() {
  for (const toast of document.querySelectorAll("[data-toast]")) {
    leaveLater(toast, [...toast.classList].find((name) => name.startsWith("toast--"))?.slice(7));
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-toast-close]")) event.target.closest("[data-toast]").remove();
    if (event.target.closest("[data-print]")) window.print();
  });
  // A view may answer with HX-Trigger: {"toast": {"message": "…", "tone": "ok"}}; the middleware sends "toasts".
  document.addEventListener("toast", (event) => showToast(event.detail.message, event.detail.tone));
  document.addEventListener("toasts", (event) => {
    for (const item of event.detail.list) showToast(item.message, item.tone);
  });
  window.addEventListener("offline", () => showToast(say("errorOffline"), "warn"));
}
