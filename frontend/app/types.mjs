// Writes src/server/schema.d.ts from the server's OpenAPI document (docs/reference/openapi.json, which
// scripts/openapi.py writes): what the browser reads and what the server answers cannot drift apart unseen.
// With --check it fails where the committed file is not what the document says.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = here("src/server/schema.d.ts");

/** Answers may get more fields later, which nobody here may count on: so unknown ones are not typed. */
function strict(node) {
  if (Array.isArray(node)) return node.map(strict);
  if (node === null || typeof node !== "object") return node;
  const { title, prefixItems, ...rest } = node;
  const made = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      key === "$ref" ? value.replace("#/components/schemas/", "#/definitions/") : strict(value),
    ]),
  );
  if (prefixItems !== undefined) made.items = strict(prefixItems);
  // A field may be called title.
  if (title !== undefined && typeof title !== "string") made.title = strict(title);
  if (made.type === "object" && made.properties) made.additionalProperties = false;
  return made;
}

const { components } = JSON.parse(readFileSync(here("../../docs/reference/openapi.json"), "utf8"));
const definitions = strict(components.schemas);
// GeoJSON has types of its own.
for (const name of ["Geometry", "Feature", "FeatureCollection"])
  definitions[name].tsType = `import("geojson").${name}`;
const made = await compile(
  { definitions, title: "Schemas", type: "object", additionalProperties: false },
  "Schemas",
  {
    bannerComment: "// Made by `npm run types` from docs/reference/openapi.json; do not edit.",
    unreachableDefinitions: true,
    style: { printWidth: 110 },
    ignoreMinAndMaxItems: true,
  },
);
if (!process.argv.includes("--check")) writeFileSync(target, made);
else if (readFileSync(target, "utf8") !== made) {
  console.error(
    "src/server/schema.d.ts is not what the OpenAPI document says: run make frontend and commit the result",
  );
  process.exitCode = 1;
}
