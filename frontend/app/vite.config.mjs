// The application, built into the Python package (decision 0250). The same sources give the same bytes.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Writes sw.js with the list of what was built: the service worker keeps all of it for reading offline. */
function worker() {
  return {
    name: "truceline-service-worker",
    apply: "build",
    async generateBundle(_options, bundle) {
      const built = Object.keys(bundle)
        .filter((name) => !["index.html", "licences.txt"].includes(name))
        .map((name) => `/${name}`);
      const files = ["/", ...built, ...readdirSync(here("public")).map((name) => `/${name}`)].sort();
      const { createHash } = await import("node:crypto");
      const { readFile } = await import("node:fs/promises");
      const source = await readFile(here("src/offline/worker/sw.js"), "utf8");
      // What has a name that stays gives its content to the version.
      const contents = [
        ...files,
        source,
        ...(await Promise.all(
          readdirSync(here("public"))
            .sort()
            .map((name) => readFile(here(`public/${name}`), "utf8")),
        )),
      ];
      const version = createHash("sha256").update(contents.join("\n")).digest("hex").slice(0, 16);
      this.emitFile({
        type: "asset",
        fileName: "sw.js",
        source: source.replace("/* FILES */ []", JSON.stringify(files)).replace("VERSION", version),
      });
    },
  };
}

const PACKAGES = [
  "react",
  "react-dom",
  "react-aria-components",
  "@tanstack/react-query",
  "@fluent/bundle",
  "asn1js",
  "@peculiar/utils",
  "maplibre-gl",
  "geographiclib-geodesic",
  "idb",
  "lean-qr",
  "topojson-client",
  "world-atlas",
  "@fontsource-variable/noto-sans",
  "@fontsource-variable/noto-sans-arabic",
];

/** Writes licences.txt: what is built in comes with its licence. */
function licences() {
  return {
    name: "truceline-licences",
    apply: "build",
    generateBundle() {
      const texts = PACKAGES.map((name) => {
        const folder = here(`../node_modules/${name}/`);
        const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
        const { version, license } = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));
        const text = file ? readFileSync(`${folder}${file}`, "utf8").trim() : license;
        return `${name} ${version}\n\n${text}\n`;
      });
      this.emitFile({
        type: "asset",
        fileName: "licences.txt",
        source: texts.join(`\n${"-".repeat(72)}\n\n`),
      });
    },
  };
}

export default defineConfig({
  root: here("."),
  plugins: [react(), licences(), worker()],
  build: {
    outDir: here("../../src/truceline/web/app"),
    emptyOutDir: true,
    target: ["es2022", "firefox115", "chrome115", "safari16"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      checks: { pluginTimings: false },
      output: {
        manualChunks: (id) => {
          if (id.includes("/maplibre-gl/")) return "maplibre";
          if (/node_modules\/(react|react-dom|scheduler)\//.test(id)) return "react";
          return undefined;
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(["/api", "/ogc", "/locale"].map((path) => [path, "http://127.0.0.1:8000"])),
  },
});
