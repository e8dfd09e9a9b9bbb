// The page of a document: text and records point at each other, and one panel is seen at a time. Without this file all panels
// stand below each other and every link works.

const reader = document.querySelector("[data-reader]");
const wide = window.matchMedia("(min-width: 62.01rem)");

/** The places of a finding in the text, and its boxes on the pictures of the pages. */
function marksOf(pk) {
  return reader.querySelectorAll(`[data-finding="${CSS.escape(pk)}"]`);
}

const views = document.querySelector("[data-views]");

function recordOf(pk) {
  return document.getElementById(`finding-${pk}`);
}

/** Show one panel; on a wide screen the text is always there, so the side keeps what it showed. */
function showPanel(name) {
  if (wide.matches && name === "text") return;
  reader.dataset.panel = name;
  for (const tab of reader.querySelectorAll("[data-panel-tab]")) {
    if (tab.dataset.panelTab === name) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

function bring(element, block) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
}

/** Light what belongs to a finding in the text, and its record. */
function choose(pk) {
  for (const lit of reader.querySelectorAll("[data-finding].is-lit")) lit.classList.remove("is-lit");
  for (const record of reader.querySelectorAll(".record.is-current")) record.classList.remove("is-current");
  for (const mark of marksOf(pk)) mark.classList.add("is-lit");
  recordOf(pk)?.classList.add("is-current");
}

/** From the text to the record. */
function openRecord(pk) {
  const record = recordOf(pk);
  if (!record) return;
  showPanel("findings");
  choose(pk);
  const details = record.querySelector("details");
  if (details) details.open = true;
  bring(record, wide.matches ? "nearest" : "start");
}

/** A line in doubt has its record on the page where lines are compared. */
function openMark(pk) {
  if (!pk.startsWith("l")) openRecord(pk);
  else if (reader.dataset.linesUrl) location.assign(`${reader.dataset.linesUrl}?show=all&line=${pk.slice(1)}#line-${pk.slice(1)}`);
}

/** From the record to the text. */
function openText(pk) {
  choose(pk);
  const box = views?.dataset.views === "pictures" ? reader.querySelector(`rect[data-finding="${CSS.escape(pk)}"]`) : null;
  const place = box ?? document.getElementById(recordOf(pk)?.dataset.at ?? "") ?? marksOf(pk)[0];
  if (place && wide.matches) bring(place, "center");
}

function step(by) {
  const records = [...reader.querySelectorAll(".record")];
  const present = records.findIndex((record) => record.classList.contains("is-current"));
  const next = records[Math.min(records.length - 1, Math.max(0, present < 0 ? 0 : present + by))];
  if (!next) return;
  openRecord(next.dataset.record);
  openText(next.dataset.record);
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    if (!document.execCommand("copy")) return;
  }
  document.dispatchEvent(new CustomEvent("toast", { detail: { message: button.dataset.copied, tone: "ok" } }));
}

function followHash() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target || !reader.contains(target)) return;
  const panel = target.closest("[data-panel]");
  if (panel) showPanel(panel.dataset.panel);
  if (target.matches(".record")) {
    openRecord(target.dataset.record);
    openText(target.dataset.record);
  } else if (target !== panel) {
    bring(target, "center");
  }
}

function onClick(event) {
  const stepper = event.target.closest("[data-step]");
  const tab = event.target.closest("[data-panel-tab]");
  const mark = event.target.closest("mark[data-finding], rect[data-finding]");
  if (stepper) step(Number(stepper.dataset.step));
  else if (tab) {
    event.preventDefault();
    showPanel(tab.dataset.panelTab);
  } else if (mark && !window.getSelection().toString()) openMark(mark.dataset.finding);
  else if (event.target.closest("[data-show='text']")) showPanel("text");
}

if (reader) {
  reader.dataset.ready = "yes";
  showPanel(wide.matches ? "findings" : "text");
  wide.addEventListener("change", () => showPanel(wide.matches ? "findings" : "text"));
  reader.addEventListener("click", onClick);
  // A record that a person opens takes the text along; one that the text opened is already there.
  reader.addEventListener("toggle", (event) => {
    const record = event.target.closest?.(".record");
    if (record && event.target.open && !record.classList.contains("is-current")) openText(record.dataset.record);
  }, true);
  window.addEventListener("hashchange", followHash);
  // The browser scrolls to the address by itself once everything is there; what this page adds comes after that.
  if (document.readyState === "complete") followHash();
  else window.addEventListener("load", () => setTimeout(followHash, 50));
  if (!location.hash) document.getElementById("cited")?.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  const copier = event.target.closest("[data-copy]");
  if (copier) copy(copier);
});
