import { readdirSync, readFileSync, existsSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
const rooms = join(here, "src/luoshi");
const outlines = join(here, "node_modules/@tabler/icons/icons/outline");

// The ways a template or a room names an icon: {% icon "x" %}, icon="x" in a tag, "icon": "x" in a declaration.
const MENTIONS = [/\{%\s*icon\s+["']([a-z0-9-]+)["']/g, /\bicon=["']([a-z0-9-]+)["']/g, /\bicon: str = "([a-z0-9-]+)"/g, /["']icon["']:\s*["']([a-z0-9-]+)["']/g];
// Tables such as {"known": "check"} in Python: their names end in ICONS.
const TABLE = /\w*ICONS\b[^=\n]*=\s*\{([^}]*)\}/g;

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ["frontend", "static", "locale", "__pycache__"].includes(entry.name) ? [] : filesUnder(path);
    return /\.(html|py)$/.test(entry.name) ? [path] : [];
  });
}

function iconsIn(text) {
  const tables = [...text.matchAll(TABLE)].flatMap((table) => [...table[1].matchAll(/:\s*["']([a-z0-9-]+)["']/g)]);
  return [...MENTIONS.flatMap((pattern) => [...text.matchAll(pattern)]), ...tables].map((found) => found[1]);
}

function symbol(name, file) {
  const path = join(outlines, `${name}.svg`);
  if (!existsSync(path)) throw new Error(`${file} asks for an icon "${name}" that does not exist`);
  const shapes = readFileSync(path, "utf8").match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1];
  const drawn = shapes.replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "").replace(/\s+/g, " ").trim();
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawn}</symbol>`;
}

function iconSprite() {
  return {
    name: "icon-sprite",
    generateBundle() {
      const asked = new Map();
      for (const path of filesUnder(rooms)) {
        for (const name of iconsIn(readFileSync(path, "utf8"))) asked.set(name, relative(here, path));
      }
      const symbols = [...asked.keys()].sort().map((name) => symbol(name, asked.get(name)));
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
      this.emitFile({ type: "asset", name: "icons.svg", originalFileName: "icons.svg", source });
    },
  };
}

export default defineConfig({
  root: join(here, "src/luoshi/web/frontend"),
  base: "./",
  publicDir: false,
  plugins: [iconSprite()],
  build: {
    outDir: join(here, "src/luoshi/web/static/luoshi/dist"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: ["chrome100", "firefox100", "safari15.4"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: { main: join(here, "src/luoshi/web/frontend/main.js") } },
    chunkSizeWarningLimit: 700,
  },
});
