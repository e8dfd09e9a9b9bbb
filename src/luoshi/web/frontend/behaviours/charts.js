// Draws the charts with ECharts, on canvas because the strict policy forbids the style attributes that its SVG writes.
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([AriaComponent, BarChart, CanvasRenderer, GridComponent, LegendComponent, LineChart, PieChart, TooltipComponent]);

const ROW = 26;
const PALETTE = ["--act", "--green", "--yellow", "--none", "--red", "--line-strong"];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function colourOf(series, index) {
  return colour(series.tone ? `--${series.tone}` : PALETTE[index % PALETTE.length]);
}

const isFlat = (data) => data.kind === "hbar" || data.kind === "hstacked";
const isStacked = (data) => data.kind === "stacked" || data.kind === "hstacked";
const withUnit = (value, unit) => `${Number(value).toLocaleString("en-US")}${unit}`;

// Lights are told apart without colour too: red is hatched, yellow dotted.
const DECALS = {
  red: { symbol: "rect", color: "rgba(255,255,255,0.42)", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 },
  yellow: { symbol: "circle", symbolSize: 0.7, color: "rgba(255,255,255,0.5)", dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [5, 0] },
};

function axes(data, width) {
  const text = { color: colour("--ink-2"), fontSize: 12 };
  const names = {
    type: "category",
    data: data.categories,
    inverse: isFlat(data),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colour("--line-strong") } },
    axisLabel: { ...text, ...labelRoom(data, width) },
  };
  const figures = {
    type: "value",
    minInterval: 1,
    axisLabel: text,
    splitNumber: 4,
    splitLine: { lineStyle: { color: colour("--line") } },
  };
  return isFlat(data) ? { xAxis: figures, yAxis: names } : { xAxis: names, yAxis: figures };
}

/** Give every name its share of the axis to break in; a line through time may skip names instead. */
function labelRoom(data, width) {
  if (isFlat(data)) return { interval: 0, width: Math.round(width * 0.4), overflow: "truncate" };
  if (data.kind === "line" || data.categories.length > 12) return { interval: "auto", hideOverlap: true };
  return { interval: 0, width: Math.floor((width - 50) / data.categories.length) - 6, overflow: "break" };
}

function seriesOf(data) {
  return data.series.map((series, index) => ({
    name: series.name,
    type: data.kind === "line" ? "line" : "bar",
    data: series.values,
    stack: isStacked(data) ? "all" : undefined,
    barMaxWidth: isFlat(data) ? 14 : 28,
    symbolSize: 6,
    itemStyle: { color: colourOf(series, index), decal: DECALS[series.tone], borderRadius: isStacked(data) ? 0 : 2 },
    lineStyle: { width: 2 },
    emphasis: { focus: "series" },
  }));
}

function ring(data) {
  return {
    legend: { bottom: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: { color: colour("--ink-2") } },
    series: [
      {
        name: data.series[0].name,
        type: "pie",
        radius: ["48%", "72%"],
        center: ["50%", "44%"],
        label: { formatter: "{c}", color: colour("--ink-2") },
        data: data.categories.map((name, index) => ({
          name,
          value: data.series[0].values[index],
          itemStyle: {
            color: colour(data.tones[index] ? `--${data.tones[index]}` : PALETTE[index % PALETTE.length]),
            decal: DECALS[data.tones[index]],
          },
        })),
      },
    ],
  };
}

function optionsFor(data, width) {
  const font = getComputedStyle(document.body).fontFamily;
  const shared = {
    textStyle: { fontFamily: font },
    aria: { enabled: true },
    animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    tooltip: {
      trigger: data.kind === "donut" ? "item" : "axis",
      axisPointer: { type: "shadow" },
      renderMode: "richText",
      confine: true,
      valueFormatter: (value) => (value === null || value === undefined ? "—" : withUnit(value, data.unit)),
    },
  };
  if (data.kind === "donut") return { ...shared, ...ring(data) };
  const legend = { top: 0, right: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: { color: colour("--ink-2") } };
  return {
    ...shared,
    ...axes(data, width),
    legend: data.series.length > 1 ? legend : undefined,
    grid: { left: 0, right: 16, top: data.series.length > 1 ? 34 : 10, bottom: 0, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    series: seriesOf(data),
  };
}

/** Draw one chart from the JSON that stands beside its canvas; a click opens the address of what was clicked. */
export function drawChart(canvas) {
  const figure = canvas.closest("[data-chart]");
  const data = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  if (isFlat(data)) canvas.style.height = `${data.categories.length * ROW + 60}px`;
  const chart = init(canvas, null, { renderer: "canvas" });
  chart.setOption(optionsFor(data, canvas.clientWidth));
  if (data.urls.length) {
    chart.on("click", ({ dataIndex }) => data.urls[dataIndex] && location.assign(data.urls[dataIndex]));
  }
  new ResizeObserver(() => {
    chart.resize();
    chart.setOption(optionsFor(data, canvas.clientWidth));
  }).observe(canvas);
  // A printed page is narrower than the screen, and drawn before any observer hears of it.
  window.addEventListener("beforeprint", () => chart.resize({ width: 640 }));
  window.addEventListener("afterprint", () => chart.resize({ width: "auto" }));
}
