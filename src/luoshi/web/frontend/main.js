// The one entry of every page. Everything here only adds to pages that already work without it.
import "./styles/main.css";
import { startBulkSelection } from "./behaviours/bulk.js";
import { startCharts } from "./behaviours/chart-loader.js";
import { startConfirmation } from "./behaviours/confirm.js";
import { startDialogs } from "./behaviours/dialogs.js";
import { startDrawer } from "./behaviours/drawer.js";
import { startDropZones } from "./behaviours/drop-zone.js";
import { startFilters } from "./behaviours/filters.js";
import { startHtmx } from "./behaviours/htmx.js";
import { startLinkedText } from "./behaviours/linked-text.js";
import { startMenus } from "./behaviours/menus.js";
import { startReactive } from "./behaviours/reactive.js";
import { startShortcuts } from "./behaviours/shortcuts.js";
import { startToasts } from "./behaviours/toasts.js";
import { restoreViews, startViews } from "./behaviours/views.js";
import { startConfirmingDesk } from "./pages/confirm.js";

document.documentElement.classList.replace("no-js", "js");

// Watch the whole page once.
startHtmx();
startConfirmation();
startDialogs();
startDrawer();
startFilters();
startLinkedText();
startMenus();
startShortcuts();
startToasts();
startViews();

// Prepare what is on the page now, and again what htmx brings in later.
function prepare(root) {
  restoreViews(root);
  startBulkSelection(root);
  startConfirmingDesk(root);
  startCharts(root);
  startDropZones(root);
  startReactive(root);
  root.querySelector("[data-focus-first]")?.focus();
}

prepare(document);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) prepare(event.detail.elt);
});
