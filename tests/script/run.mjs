// Run the unit tests of the scripts: each file is bundled, so that any Node.js from 20 on can run it.

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = join(HERE, "..", "..");
const BUNDLES = join(ROOT, "node_modules", ".cache", "quizlib-tests");

const wanted = process.argv.slice(2);
const tests = readdirSync(HERE).filter(
  (name) => name.endsWith(".test.ts") && (wanted.length === 0 || wanted.some((word) => name.includes(word))),
);
if (tests.length === 0) {
  console.error("no tests are found");
  process.exit(1);
}

rmSync(BUNDLES, { recursive: true, force: true });
mkdirSync(BUNDLES, { recursive: true });
await build({
  absWorkingDir: ROOT,
  bundle: true,
  entryPoints: tests.map((name) => join(HERE, name)),
  format: "esm",
  logLevel: "warning",
  outExtension: { ".js": ".mjs" },
  outdir: BUNDLES,
  platform: "node",
  sourcemap: "inline",
  target: "node20",
});
const bundles = tests.map((name) => join(BUNDLES, `${basename(name, ".ts")}.mjs`));
const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...bundles], {
  cwd: ROOT,
  stdio: "inherit",
});
process.exit(run.status ?? 1);
