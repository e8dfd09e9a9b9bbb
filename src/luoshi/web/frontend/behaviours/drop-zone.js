import { say } from "./words.js";

const UNITS = ["B", "KB", "MB", "GB"];

function sizeInWords(bytes) {
  const step = bytes ? Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1) : 0;
  return `${(bytes / 1000 ** step).toFixed(step ? 1 : 0)} ${UNITS[step]}`;
}

/** Let a file field take dropped files, keep earlier choices, and list what will be sent. */
export function startDropZones(root) {
  for (const zone of root.querySelectorAll("[data-drop-zone]:not([data-ready])")) {
    zone.dataset.ready = "yes";
    new DropZone(zone);
  }
}

class DropZone {
  constructor(zone) {
    this.zone = zone;
    this.input = zone.querySelector("input[type=file]");
    this.files = [];
    this.input.addEventListener("change", () => this.add(this.input.files));
    for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, (event) => this.hover(event, true));
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, (event) => this.hover(event, false));
    zone.addEventListener("drop", (event) => this.add(event.dataTransfer.files));
    this.input.form?.addEventListener("reset", () => this.keep([]));
  }

  hover(event, over) {
    event.preventDefault();
    this.zone.classList.toggle("is-over", over);
  }

  add(chosen) {
    const fresh = [...chosen].filter((file) => !this.files.some((kept) => same(kept, file)));
    this.keep(this.input.multiple ? [...this.files, ...fresh] : [...chosen].slice(0, 1));
  }

  keep(files) {
    this.files = files;
    const carrier = new DataTransfer();
    for (const file of files) carrier.items.add(file);
    this.input.files = carrier.files;
    this.list();
  }

  list() {
    const pattern = this.zone.querySelector("template[data-drop-file]");
    this.zone.querySelector("[data-drop-files]").replaceChildren(
      ...this.files.map((file) => {
        const line = pattern.content.firstElementChild.cloneNode(true);
        line.querySelector(".drop-zone__name").textContent = file.name;
        line.querySelector(".drop-zone__size").textContent = sizeInWords(file.size);
        const remove = line.querySelector("button");
        remove.setAttribute("aria-label", say("fileRemove", { name: file.name }));
        remove.addEventListener("click", () => this.keep(this.files.filter((kept) => kept !== file)));
        return line;
      }),
    );
    this.zone.classList.toggle("has-files", this.files.length > 0);
  }
}

function same(one, other) {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}
