/** Open dialogs from data-dialog-open="id"; a click beside a dialog closes it. */
export function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog-open]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialogOpen);
      if (!dialog) return;
      event.preventDefault();
      opener.closest("[data-menu]")?.removeAttribute("open");
      dialog.dispatchEvent(new CustomEvent("dialog:open", { bubbles: true }));
      dialog.showModal();
      return;
    }
    if (event.target.closest("[data-dialog-close]")) event.target.closest("dialog").close();
    if (event.target instanceof HTMLDialogElement && isBeside(event)) event.target.close();
  });
}

function isBeside(event) {
  const box = event.target.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
