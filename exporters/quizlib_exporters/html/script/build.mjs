// Bundle the scripts and the styles into ../built, which is committed: `npm run build`.
//
// With --check nothing is written; the status is 1 when what is there is not what would be written.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { build } from "esbuild";
import { insideOut } from "./shadow-style.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..", "..", "..", "..");
const BUILT = join(HERE, "..", "built");
// Only `page` has to be there; what an HTML parser could take for the end of the element must not.
const TARGETS = [
  { name: "page.js", entry: join(HERE, "page", "main.ts"), forbidden: /<\/script|<!--/i },
  { name: "loader.js", entry: join(HERE, "loader", "main.ts"), forbidden: /<\/script|<!--/i },
  { name: "page.css", entry: join(HERE, "..", "styles", "page.css"), forbidden: /<\/style|<!--/i },
  { name: "index.js", entry: join(HERE, "index", "main.ts"), forbidden: /<\/script|<!--/i },
  { name: "index.css", entry: join(HERE, "..", "styles", "index.css"), forbidden: /<\/style|<!--/i },
  { name: "embed.js", entry: join(HERE, "embed", "main.ts"), forbidden: /<\/script|<!--/i },
];
const LICENSE_NAMES = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE"];

async function main(check) {
  const files = new Map();
  const libraries = new Set();
  for (const target of TARGETS) {
    if (/^(page|loader)\./.test(target.name) || existsSync(target.entry)) {
      files.set(target.name, await bundled(target, libraries));
    }
  }
  // What the loader unpacks.
  files.set("page.packed", deflateRawSync(files.get("page.js"), { level: 9 }).toString("base64"));
  files.set("LICENSES.txt", licenses([...libraries].sort()));
  const stale = check ? differences(files) : write(files);
  for (const name of stale) console.error(`built/${name} is not what the sources give: run \`npm run build\``);
  process.exit(stale.length === 0 ? 0 : 1);
}

async function bundled({ name, entry, forbidden }, libraries) {
  const result = await build({
    absWorkingDir: ROOT,
    bundle: true,
    charset: "ascii",
    entryPoints: [entry],
    format: "iife",
    legalComments: "none", // the licences follow in full
    logLevel: "warning",
    metafile: true,
    minify: true,
    plugins: [ofThePage],
    target: "es2022",
    write: false,
  });
  const used = librariesOf(result.metafile);
  for (const library of used) libraries.add(library);
  // A page is passed on by itself, and so it holds the licences of what is in it.
  const notice = used.length > 0 ? `/*!\n${inAscii(licenses(used)).replaceAll("*/", "* /")}*/\n` : "";
  const text = result.outputFiles[0].text + notice;
  if (forbidden.test(text)) throw new Error(`${name} would end its element early: it holds ${forbidden.exec(text)[0]}`);
  return text;
}

// A style sheet that a script imports becomes its text, made for a shadow root; the template of icons, their paths by name.
const ofThePage = {
  name: "of-the-page",
  setup: ({ initialOptions, onLoad }) => {
    if (!initialOptions.entryPoints[0].endsWith(".ts")) return;
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { outputFiles } = await build({ bundle: true, charset: "ascii", entryPoints: [path], minify: true, target: "es2022", write: false });
      return { contents: insideOut(outputFiles[0].text), loader: "text" };
    });
    onLoad({ filter: /\.html\.j2$/ }, ({ path }) => {
      const icons = readFileSync(path, "utf8").matchAll(/id="icon-([\w-]+)"[^>]*><path d="([^"]+)"/g);
      return { contents: JSON.stringify(Object.fromEntries([...icons].map(([, name, line]) => [name, line]))), loader: "json" };
    });
  },
};

// A script means the same however it is read, and so do the quotation marks in its licences.
const inAscii = (text) => text.replaceAll(/[\u201c\u201d]/g, '"').replaceAll(/[\u2018\u2019]/g, "'");

// The libraries of which something has come into the bundle, by name.
function librariesOf(metafile) {
  const [output] = Object.values(metafile.outputs);
  const names = Object.entries(output.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
    .filter((name) => name !== undefined);
  return [...new Set(names)].sort();
}

function licenses(names) {
  if (names.length === 0) return "No library of others is part of these files.\n";
  return names.map(licenseOf).join("\n");
}

function licenseOf(name) {
  const folder = join(ROOT, "node_modules", name);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = LICENSE_NAMES.map((license) => join(folder, license)).find(existsSync);
  if (file === undefined) throw new Error(`${name} has no licence text`);
  const text = readFileSync(file, "utf8").replaceAll("\r\n", "\n").trim();
  return `${name} ${version}\n\n${text}\n`;
}

function write(files) {
  mkdirSync(BUILT, { recursive: true });
  for (const name of readdirSync(BUILT)) if (!files.has(name)) rmSync(join(BUILT, name));
  for (const [name, text] of files) {
    writeFileSync(join(BUILT, name), text);
    console.log(`${relative(ROOT, join(BUILT, name)).replaceAll(sep, "/")}  ${Buffer.byteLength(text)} bytes`);
  }
  return [];
}

function differences(files) {
  const there = existsSync(BUILT) ? readdirSync(BUILT) : [];
  const names = new Set([...there, ...files.keys()]);
  return [...names].filter((name) => {
    const file = join(BUILT, name);
    return !files.has(name) || !existsSync(file) || readFileSync(file, "utf8") !== files.get(name);
  });
}

await main(process.argv.includes("--check"));
