// Builds the report's script and style into the Python package. With --check it builds beside them and
// fails where the committed files differ: they are committed so that an installation needs no Node.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const assets = here("../src/truceline/products/report/assets");
const check = process.argv.includes("--check");

const result = await build({
  absWorkingDir: here("."),
  entryPoints: { report: "report/main.ts" },
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "firefox115", "chrome115", "safari16"],
  charset: "utf8",
  legalComments: "inline",
  loader: { ".png": "empty" },
  outdir: assets,
  write: !check,
  logLevel: "warning",
});

if (check) {
  const stale = result.outputFiles.filter((file) => readFileSync(file.path, "utf8") !== file.text);
  for (const file of stale) {
    console.error(`${file.path} is not what the sources build: run make frontend and commit the result`);
  }
  process.exitCode = stale.length > 0 ? 1 : 0;
}
