// Words or pictures: an element with `data-views` shows what its `data-view` buttons name. What a person chose is remembered,
// since one compares with the paper or with the text. Without this file both stand below each other.

const KEY = "document-view";

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function show(box, name) {
  box.dataset.views = name;
  for (const button of box.querySelectorAll("[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === name));
  }
}

function choose(event) {
  const button = event.target.closest("[data-view]");
  const box = button?.closest("[data-views]");
  if (!box) return;
  show(box, button.dataset.view);
  box.querySelector("[data-scroll-here-picture]")?.scrollIntoView({ block: "nearest" });
  try {
    localStorage.setItem(KEY, button.dataset.view);
  } catch {
    // A browser that keeps nothing shows the words first.
  }
}

/** Watch the buttons once. */
export function startViews() {
  document.addEventListener("click", choose);
}

/** Show what was chosen last in what has just come onto the page. */
export function restoreViews(root) {
  for (const box of root.querySelectorAll("[data-views]")) {
    show(box, remembered() === "pictures" ? "pictures" : "words");
  }
  if (root.matches?.("[data-views]")) show(root, remembered() === "pictures" ? "pictures" : "words");
}
