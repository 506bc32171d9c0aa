// Builds static/build/ from the sources beside this file: styles, scripts, the sprite of icons and fonts.
// Names carry no hash: Django's manifest storage adds one when the files are collected.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { bundle } from "lightningcss";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "node_modules");
const out = join(here, "build");

// The oldest browsers that get the whole application (Android 8 ends at Chrome 100-odd).
const version = (major, minor = 0) => (major << 16) | (minor << 8);
const oldest = {
  chrome: version(100),
  android: version(100),
  safari: version(16, 4),
  ios_saf: version(16, 4),
  firefox: version(115),
};
const scriptTargets = ["chrome100", "safari16.4", "firefox115"];

const styles = { app: "app.css", phone: "phone-page.css", link: "link-page.css" };
// Each script is built if its source is there.
const scripts = { app: "js/app.ts", phone: "phone/main.tsx", link: "phone/link.ts", sw: "phone/sw.ts" };

// Lightning CSS writes each colour as hex first, then again in lab() for browsers that know it.
function buildStyles() {
  for (const [name, entry] of Object.entries(styles)) {
    const filename = join(here, "css", entry);
    const { code } = bundle({ filename, minify: true, targets: oldest });
    writeFileSync(join(out, `${name}.css`), code);
  }
  // Paper's styles stay as they are written: WeasyPrint reads them beside its fonts.
  cpSync(join(here, "css", "paper.css"), join(out, "paper.css"));
}

async function buildScripts() {
  const present = Object.entries(scripts)
    .map(([name, path]) => [name, join(here, path)])
    .filter(([, path]) => existsSync(path));
  await esbuild.build({
    entryPoints: Object.fromEntries(present),
    outdir: out,
    bundle: true,
    minify: true,
    format: "iife",
    jsx: "automatic",
    jsxImportSource: "preact",
    target: scriptTargets,
    legalComments: "none",
    logLevel: "warning",
  });
}

function symbol(name, svg) {
  const viewBox = /viewBox="([^"]+)"/.exec(svg)[1];
  const body = svg
    .replace(/<!--.*?-->/gs, "")
    .replace(/^\s*<svg[^>]*>|<\/svg>\s*$/gs, "")
    .replace(/\s+/g, " ")
    .trim();
  return `<symbol id="i-${name}" viewBox="${viewBox}">${body}</symbol>`;
}

function buildSprite() {
  const own = readdirSync(join(here, "icons")).filter((file) => file.endsWith(".svg"));
  const drawn = own.map((file) => symbol(file.slice(0, -4), readFileSync(join(here, "icons", file), "utf8")));
  const names = readFileSync(join(here, "icons", "lucide.txt"), "utf8").split("\n");
  const taken = names
    .map((name) => name.trim())
    .filter((name) => name && !name.startsWith("#"))
    .map((name) =>
      symbol(name, readFileSync(join(modules, "lucide-static", "icons", `${name}.svg`), "utf8")),
    );
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${[...drawn, ...taken].join("")}</svg>`;
  writeFileSync(join(out, "icons.svg"), sprite);
  cpSync(join(here, "icons", "mark.svg"), join(out, "favicon.svg"));
  // For home screens that take no drawing: app.svg beside them, drawn once at each size.
  for (const size of [180, 192, 512])
    cpSync(join(here, "icons", "home-screen", `app-${size}.png`), join(out, `app-${size}.png`));
}

function copyFonts() {
  const fonts = join(out, "fonts");
  mkdirSync(fonts, { recursive: true });
  for (const family of ["onest", "literata"]) {
    // For the screen: the parts of the variable font that our three languages need.
    for (const script of ["cyrillic", "cyrillic-ext", "latin", "latin-ext"]) {
      const file = `${family}-${script}-wght-normal.woff2`;
      cpSync(
        join(modules, "@fontsource-variable", family, "files", file),
        join(fonts, `${family}-${script}.woff2`),
      );
    }
    // For paper: whole fonts, since parts under one name print wrong Kazakh letters.
    for (const weight of ["400Regular", "500Medium", "600SemiBold"]) {
      const name = family[0].toUpperCase() + family.slice(1);
      const file = `${name}_${weight}.ttf`;
      cpSync(
        join(modules, "@expo-google-fonts", family, weight, file),
        join(fonts, `${family}-${weight.slice(0, 3)}.ttf`),
      );
    }
  }
}

async function build() {
  const started = performance.now();
  buildStyles();
  buildSprite();
  await buildScripts();
  console.log(`static/build: built in ${Math.round(performance.now() - started)} ms`);
}

// A page that is open meanwhile keeps its files: what is no longer built goes last.
function removeWhatIsOlder(than) {
  for (const file of readdirSync(out, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (file.isFile() && statSync(path).mtimeMs < than) rmSync(path);
  }
}

mkdirSync(out, { recursive: true });
const began = Date.now();
copyFonts();
await build();
removeWhatIsOlder(began - 1000);

if (process.argv.includes("--watch")) {
  let waiting;
  watch(here, { recursive: true }, (_event, file) => {
    if (file?.startsWith("build")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => build().catch((error) => console.error(error.message)), 50);
  });
}
