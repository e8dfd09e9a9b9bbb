// data-confirm="Question?" on a link, a button or a form asks before it acts. Without scripts the act goes straight to
// the server, so a view whose act cannot be undone shows web/confirm.html until "confirmed" is posted.

function ask(source) {
  const dialog = document.getElementById("confirm");
  dialog.querySelector("[data-confirm-text]").textContent = source.dataset.confirm;
  const yes = dialog.querySelector("[data-confirm-yes]");
  yes.textContent = source.dataset.confirmLabel || yes.dataset.word || (yes.dataset.word = yes.textContent.trim());
  yes.classList.toggle("button--danger", "confirmDanger" in source.dataset);
  yes.classList.toggle("button--primary", !("confirmDanger" in source.dataset));
  source.closest("[data-menu]")?.removeAttribute("open");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

// These ask through htmx's own event below.
const FETCHES = "[hx-get], [hx-post], [hx-put], [hx-patch], [hx-delete]";

/** Tell the server that the person was asked already, so that it does not ask again. */
function noteAnswer(form) {
  if (!form || form.elements.confirmed) return;
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "confirmed", value: "1" });
  form.append(field);
}

async function interruptClick(event) {
  const source = event.target.closest("a[data-confirm], button[data-confirm]");
  if (!source || source.dataset.confirmed === "yes" || source.matches(FETCHES)) return;
  event.preventDefault();
  event.stopPropagation();
  if (!(await ask(source))) return;
  noteAnswer(source.form);
  source.dataset.confirmed = "yes";
  source.click();
  delete source.dataset.confirmed;
}

async function interruptSubmit(event) {
  const form = event.target.closest("form[data-confirm]");
  if (!form || form.dataset.confirmed === "yes") return;
  event.preventDefault();
  event.stopPropagation();
  const submitter = event.submitter;
  if (!(await ask(form))) return;
  noteAnswer(form);
  form.dataset.confirmed = "yes";
  form.requestSubmit(submitter);
  delete form.dataset.confirmed;
}

export function startConfirmation() {
  document.addEventListener("click", interruptClick, true);
  document.addEventListener("submit", interruptSubmit, true);
  // htmx asks through its own event, so that a request is held back until the answer.
  document.addEventListener("htmx:confirm", async (event) => {
    const source = event.detail.elt;
    if (!source.dataset.confirm || source.matches("form")) return;
    event.preventDefault();
    if (await ask(source)) event.detail.issueRequest(true);
  });
}
