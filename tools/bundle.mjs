// The style sheets put together, small and for older browsers too; of the font the letters that they
// name; the icons that pages name. Called by make: `node tools/bundle.mjs build/vendor`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { browserslistToTargets, bundle } from "lightningcss";
import subsetFont from "subset-font";

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });

// Machines of offices live long: Windows 7 ends at Chrome 109.
const browsers = ["chrome 100", "firefox 100", "safari 15.4"];
for (const sheet of ["site.css", "work.css"]) {
  const { code } = bundle({
    filename: `esar/platform/ui/styles/${sheet}`,
    minify: true,
    targets: browserslistToTargets(browsers),
  });
  writeFileSync(`${folder}/${sheet}`, code);
}

// The letters of each file of the font are what its `unicode-range` says, marks with their places.
const fonts = readFileSync("esar/platform/ui/styles/fonts.css", "utf8");
const faces = /url\("((sarabun-\w+-\d+).*?\.woff2)"\)[^}]*?unicode-range:([^;]*);/g;
for (const [, file, source, range] of fonts.matchAll(faces)) {
  const letters = [...range.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].flatMap(
    ([, first, last = first]) => {
      const start = Number.parseInt(first, 16);
      const length = Number.parseInt(last, 16) - start + 1;
      return Array.from({ length }, (_, i) => String.fromCodePoint(start + i));
    },
  );
  const whole = readFileSync(`node_modules/@fontsource/sarabun/files/${source}-normal.woff2`);
  const part = await subsetFont(whole, letters.join(""), { targetFormat: "woff2" });
  writeFileSync(`${folder}/${file}`, part);
}

const names = JSON.parse(readFileSync("esar/platform/ui/icons.json", "utf8"));
const icons = Object.entries(names).map(([name, drawn]) => {
  const svg = readFileSync(`node_modules/lucide-static/icons/${drawn}.svg`, "utf8");
  return [name, svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1).replace(/<\/svg>|\n */g, "")];
});
writeFileSync(`${folder}/icons.json`, JSON.stringify(Object.fromEntries(icons)));
