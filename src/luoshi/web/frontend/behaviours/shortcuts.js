import { say } from "./words.js";

// data-shortcut="a" on a button, link or field presses it with that key. Combinations are written "Shift+a" or
// "Alt+ArrowDown". The label in the list is data-shortcut-label, or else the words of the element.

function isTyping(target) {
  return target.isContentEditable || target.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}

function keyOf(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const held = [event.altKey && "Alt", event.shiftKey && event.key.length > 1 && "Shift"].filter(Boolean);
  const upper = event.shiftKey && /^[a-z]$/.test(key) ? ["Shift"] : [];
  return [...held, ...upper, key].join("+");
}

function isReachable(element) {
  return !element.disabled && element.getClientRects().length > 0;
}

function press(element) {
  if (element.matches("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select")) element.focus();
  else element.click();
}

function elementFor(key) {
  const wanted = key.toLowerCase();
  const scope = document.querySelector("dialog[open]") ?? document;
  return [...scope.querySelectorAll("[data-shortcut]")].find(
    (element) => element.dataset.shortcut.toLowerCase() === wanted && isReachable(element),
  );
}

function listShortcuts() {
  const list = document.querySelector("[data-shortcut-list]");
  const pattern = document.getElementById("shortcut-row");
  if (!list || !pattern) return;
  const seen = new Set();
  const rows = [];
  for (const element of document.querySelectorAll("[data-shortcut]")) {
    const key = element.dataset.shortcut;
    if (seen.has(key) || !isReachable(element)) continue;
    seen.add(key);
    const row = pattern.content.firstElementChild.cloneNode(true);
    row.querySelector("dt").textContent = labelOf(element);
    row.querySelector("dd").append(...key.split("+").map(keyCap));
    rows.push(row);
  }
  list.replaceChildren(...(rows.length ? rows : [document.createTextNode(say("shortcutsNone"))]));
}

function labelOf(element) {
  if (element.dataset.shortcutLabel) return element.dataset.shortcutLabel;
  const words = element.cloneNode(true);
  for (const hint of words.querySelectorAll(".kbd-group")) hint.remove();
  return words.textContent.trim() || element.getAttribute("aria-label") || "";
}

function keyCap(key) {
  const cap = document.createElement("kbd");
  cap.className = "kbd";
  cap.textContent = key.length === 1 ? key.toUpperCase() : key;
  return cap;
}

export function startShortcuts() {
  document.addEventListener("dialog:open", (event) => {
    if (event.target.id === "shortcuts") listShortcuts();
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.isComposing || isTyping(event.target)) return;
    if (event.key === "?") {
      event.preventDefault();
      const dialog = document.getElementById("shortcuts");
      if (dialog && !dialog.open && !document.querySelector("dialog[open]")) {
        listShortcuts();
        dialog.showModal();
      }
      return;
    }
    const element = elementFor(keyOf(event));
    if (!element) return;
    event.preventDefault();
    press(element);
  });
}
