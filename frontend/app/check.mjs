// Builds the application beside the committed one and fails where a byte differs (as build.mjs does for the report).
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const committed = fileURLToPath(new URL("../../src/truceline/web/app", import.meta.url));
const made = mkdtempSync(join(tmpdir(), "truceline-app-"));
const files = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

try {
  await build({
    configFile: fileURLToPath(new URL("vite.config.mjs", import.meta.url)),
    logLevel: "warn",
    build: { outDir: made },
  });
  const [there, here] = [files(committed), files(made)];
  const stale = [...new Set([...there, ...here])].filter(
    (name) =>
      !there.includes(name) ||
      !here.includes(name) ||
      !readFileSync(join(committed, name)).equals(readFileSync(join(made, name))),
  );
  for (const name of stale)
    console.error(
      `src/truceline/web/app/${name} is not what the sources build: run make frontend and commit the result`,
    );
  process.exitCode = stale.length > 0 ? 1 : 0;
} finally {
  rmSync(made, { recursive: true, force: true });
}
