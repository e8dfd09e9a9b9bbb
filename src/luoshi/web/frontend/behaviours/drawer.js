/** Open and close the navigation of narrow screens; without scripts the link to its id does the same. */
export function startDrawer() {
  const drawer = document.getElementById("main-navigation");
  if (!drawer) return;
  let opener = null;

  function toggle(open) {
    drawer.classList.toggle("is-open", open);
    drawer.classList.toggle("is-shut", !open);
    if (open) drawer.querySelector("a:not(.brand)")?.focus();
    else opener?.focus();
  }

  document.addEventListener("click", (event) => {
    const open = event.target.closest("[data-drawer-open]");
    if (!open && !event.target.closest("[data-drawer-close]")) return;
    event.preventDefault();
    if (open) opener = open;
    toggle(Boolean(open));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.classList.contains("is-open")) toggle(false);
  });
}
