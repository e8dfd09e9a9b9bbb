import "./confirm.css";

// The confirming page brings the lit sentence and the current line of the list into view, each in its own pane: the page
// itself must not jump under the hand that presses keys.

function scroller(element) {
  for (let pane = element.parentElement; pane && pane !== document.body; pane = pane.parentElement) {
    if (pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY !== "visible") return pane;
  }
  return null;
}

function showInPane(element) {
  // Of the words and the picture of a page only one is shown.
  if (!element.getClientRects().length) return;
  const pane = scroller(element);
  if (!pane) return;
  const box = element.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  pane.scrollTop += box.top - frame.top - frame.height / 3;
}

/** Scroll the panes of a desk that has just come in. */
export function startConfirmingDesk(root) {
  const desk = root.matches?.("#desk") ? root : root.querySelector?.("#desk");
  if (!desk) return;
  for (const element of desk.querySelectorAll("[data-scroll-here]")) showInPane(element);
}

// What a person opens at the end of a pane is brought into view; "toggle" does not bubble.
document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.open && event.target.matches?.(".desk__history, .desk__panel details")) {
      event.target.scrollIntoView({ block: "nearest" });
    }
  },
  true,
);
