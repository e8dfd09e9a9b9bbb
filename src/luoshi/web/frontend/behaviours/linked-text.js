// Text and records point at each other: data-lights="id" lights the element with that id while the pointer or the focus is
// on it; a link to an id on this page scrolls there and flashes it.

function light(id, on) {
  document.getElementById(id)?.classList.toggle("is-lit", on);
}

/** Scroll to an element in its own pane, and flash it so that the eye finds it. */
export function showElement(target) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  target.classList.remove("is-flashing");
  requestAnimationFrame(() => target.classList.add("is-flashing"));
}

export function startLinkedText() {
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => {
      const source = event.target.closest?.("[data-lights]");
      if (source) light(source.dataset.lights, on);
    });
  }
  document.addEventListener("animationend", (event) => {
    if (event.animationName === "flash") event.target.classList.remove("is-flashing");
  });
  const arrive = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && !target.matches("main, nav")) showElement(target);
  };
  window.addEventListener("hashchange", arrive);
  arrive();
}
