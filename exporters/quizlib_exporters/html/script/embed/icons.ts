// The icons that a question uses, those of the page: a shadow root sees none of the ones outside.

import paths from "../../templates/symbols.html.j2";

const SVG = "http://www.w3.org/2000/svg";

export function sprite(): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ class: "sprite", width: "0", height: "0", "aria-hidden": "true" })) {
    svg.setAttribute(name, value);
  }
  for (const [name, line] of Object.entries(paths)) {
    const symbol = document.createElementNS(SVG, "symbol");
    symbol.id = `icon-${name}`;
    symbol.setAttribute("viewBox", "0 0 16 16");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", line);
    symbol.append(path);
    svg.append(symbol);
  }
  return svg;
}
