/** Load the drawing library when the first chart comes near the screen. */
export function startCharts(root) {
  const canvases = root.querySelectorAll("[data-chart-canvas]:not([data-ready])");
  if (!canvases.length) return;
  const watcher = new IntersectionObserver(
    async (entries) => {
      for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
        watcher.unobserve(target);
        const { drawChart } = await import("./charts.js");
        drawChart(target);
      }
    },
    { rootMargin: "200px" },
  );
  for (const canvas of canvases) {
    canvas.dataset.ready = "yes";
    watcher.observe(canvas);
  }
}
