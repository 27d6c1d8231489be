// Builds static/vendor and tests/vendor from the pinned npm packages and writes their hashes into MANIFEST.json.
// Run by hand after `npm ci` when a version changes; running and testing Lamplight never needs it.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import rtlcss from "rtlcss";
import * as sass from "sass";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const MANIFEST = "static/vendor/MANIFEST.json";
const FONT = "@fontsource-variable/figtree";
// The pattern library's code is free; these marks are not, and Lamplight is not part of that government.
const PROTECTED = /GDS Transport|\bcrown\b|\bcrest\b|GOV\.UK/i;

const MIT_GOVUK = `The MIT License (MIT)

Copyright (c) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;

const COPIES = [
  [FONT, "files/figtree-latin-wght-normal.woff2", "static/vendor/figtree/latin.woff2"],
  [FONT, "files/figtree-latin-wght-italic.woff2", "static/vendor/figtree/latin-italic.woff2"],
  [FONT, "files/figtree-latin-ext-wght-normal.woff2", "static/vendor/figtree/latin-ext.woff2"],
  [FONT, "LICENSE", "static/vendor/figtree/LICENSE.txt"],
  ["sortablejs", "Sortable.min.js", "static/vendor/sortablejs/Sortable.min.js"],
  ["sortablejs", "LICENSE", "static/vendor/sortablejs/LICENSE.txt"],
  // Its stylesheet also names pictures, of controls and marks that no page here uses: they are left out.
  ["leaflet", "dist/leaflet.css", "static/vendor/leaflet/leaflet.css"],
  ["leaflet", "dist/leaflet.js", "static/vendor/leaflet/leaflet.js"],
  ["leaflet", "LICENSE", "static/vendor/leaflet/LICENSE.txt"],
  ["axe-core", "axe.min.js", "tests/vendor/axe.min.js"],
  ["axe-core", "LICENSE", "tests/vendor/axe.LICENSE.txt"],
];

const written = [];

function packageOf(name) {
  return JSON.parse(readFileSync(join(ROOT, "node_modules", name, "package.json"), "utf8"));
}

function record(name, path) {
  const { version, license } = packageOf(name);
  const bytes = readFileSync(join(ROOT, path));
  const hash = (kind, form) => createHash(kind).update(bytes).digest(form);
  written.push({ path, package: name, version, license, bytes: bytes.length,
                 sha256: hash("sha256", "hex"), sha384: `sha384-${hash("sha384", "base64")}` });
}

function put(name, path, text) {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
  record(name, path);
}

function copy([name, from, to]) {
  mkdirSync(dirname(join(ROOT, to)), { recursive: true });
  cpSync(join(ROOT, "node_modules", name, from), join(ROOT, to));
  record(name, to);
}

function theme() {
  const quiet = { style: "compressed", charset: false, quietDeps: true };
  const { css } = sass.compile(join(ROOT, "theme/govuk.scss"), quiet);
  const mark = css.match(PROTECTED);
  if (mark) throw new Error(`a protected mark came back into the theme: ${mark[0]}`);
  if (/url\(/i.test(css)) throw new Error("the theme asks for a file we do not ship");
  return css;
}

for (const folder of ["static/vendor", "tests/vendor"]) rmSync(join(ROOT, folder), { recursive: true, force: true });
const css = theme();
put("govuk-frontend", "static/vendor/govuk/govuk.css", css);
put("govuk-frontend", "static/vendor/govuk/govuk.rtl.css", rtlcss.process(css));
put("govuk-frontend", "static/vendor/govuk/LICENSE.txt", MIT_GOVUK);
COPIES.forEach(copy);
written.sort((a, b) => (a.path < b.path ? -1 : 1));
writeFileSync(join(ROOT, MANIFEST), JSON.stringify({ files: written }, null, 2) + "\n");
console.log(`${written.length} files, ${written.reduce((sum, file) => sum + file.bytes, 0)} bytes`);
