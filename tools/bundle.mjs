// The style sheets in one file, small and for older browsers too; the icons that pages name in one
// sheet. Called by make: `node tools/bundle.mjs build/vendor`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { browserslistToTargets, bundle } from "lightningcss";

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });

// Machines of offices live long: Windows 7 ends at Chrome 109.
const browsers = ["chrome 100", "firefox 100", "safari 15.4"];
const { code } = bundle({
  filename: "esar/platform/ui/styles/site.css",
  minify: true,
  targets: browserslistToTargets(browsers),
});
writeFileSync(`${folder}/site.css`, code);

const names = JSON.parse(readFileSync("esar/platform/ui/icons.json", "utf8"));
const symbols = Object.entries(names).map(([name, drawn]) => {
  const svg = readFileSync(`node_modules/lucide-static/icons/${drawn}.svg`, "utf8");
  const drawing = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1).replace(/<\/svg>|\n */g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing}</symbol>`;
});
writeFileSync(
  `${folder}/icons.svg`,
  `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`,
);
