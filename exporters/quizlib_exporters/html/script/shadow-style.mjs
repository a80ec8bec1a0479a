// The page's styles made for a shadow root: `insideOut(css)`, for minified CSS as esbuild writes it.
//
// - What a property such as --accent is outside of the element counts; ours are only what holds where it is not set.
// - Light or dark is what the page around it is, by its `color-scheme`.
// - A rem is at least 16 pixels, however small a page has made its root.
// - What is said of the page's own parts is left out.

const PAGE_ONLY = /^(?:html|body|main|h1|h2|#|\.(?:top|bottom|skip|back|jump|counts|description|bar|moves|modebar|place|progress|clock|panel|quiz|lesson|keys|print)\b|\[data-view\]|kbd|a\.button)/;
// The font of the page around it is good enough, unless it sets this one.
const AROUND = "--sans";
const UNIT = "--quiz-rem";

export function insideOut(css) {
  const light = new Map();
  const dark = new Map();
  const kept = rulesOf(css).flatMap((rule) => keep(rule, light, dark));
  const names = [...light.keys()];
  const own = names.map((name) => `${inner(name)}:var(${name},${value(name, light, dark)})`);
  const text = `:host{${UNIT}:max(1rem,16px);${own.join(";")}}${kept.join("")}`;
  return inUnits(text.replaceAll(/var\((--[\w-]+)/g, (whole, name, place) => {
    return light.has(name) && text.slice(place - inner(name).length - 1, place) !== `${inner(name)}:` ? `var(${inner(name)}` : whole;
  }));
}

const inner = (name) => `--quiz-${name.slice(2)}`;

// The rules of a sheet, as [what it is for, what it says].
function rulesOf(css) {
  const rules = [];
  let depth = 0;
  let start = 0;
  let open = 0;
  for (let place = 0; place < css.length; place++) {
    if (css[place] === '"' || css[place] === "'") place = css.indexOf(css[place], place + 1);
    else if (css[place] === "{" && depth++ === 0) open = place;
    else if (css[place] === "}" && --depth === 0) {
      rules.push([css.slice(start, open).trim(), css.slice(open + 1, place)]);
      start = place + 1;
    }
  }
  return rules;
}

function keep([selector, body], light, dark, scheme = light) {
  if (selector === ":root") return define(body, scheme);
  if (selector.startsWith("@media")) {
    const inside = selector.includes("prefers-color-scheme:dark") ? dark : scheme;
    const rules = rulesOf(body).flatMap((rule) => keep(rule, light, dark, inside));
    if (inside === dark && rules.length > 0) throw new Error(`only properties may differ in the dark: ${rules[0]}`);
    return rules.length > 0 ? [`${selector}{${rules.join("")}}`] : [];
  }
  const selectors = partsOf(selector).filter((part) => !PAGE_ONLY.test(part));
  return selectors.length > 0 ? [`${selectors.join(",")}{${body}}`] : [];
}

// Selectors between the commas that are in no brackets.
const partsOf = (selector) => selector.match(/(?:[^,()]|\((?:[^()]|\([^()]*\))*\))+/g);

function define(body, scheme) {
  for (const declaration of body.split(";")) {
    const [, name, text] = /^(--[\w-]+):(.*)$/s.exec(declaration) ?? [];
    if (name && name !== AROUND) scheme.set(name, text.trim());
  }
  return [];
}

function value(name, light, dark) {
  const text = light.get(name);
  if (!dark.has(name) || dark.get(name) === text) return text;
  if (/^(?:#|rgb|hsl|\w+$)/.test(text)) return `light-dark(${text},${dark.get(name)})`;
  return text.replaceAll(/rgb\([^)]*\)|#\w+/g, (color) => `light-dark(${color},transparent)`); // a shadow
}

function inUnits(css) {
  return css.replaceAll(/(?<![\w#-])(-?(?:\d+\.?\d*|\.\d+))rem\b/g, (whole, number, place) => {
    const inQuery = css.lastIndexOf("@media", place) > Math.max(css.lastIndexOf("{", place), css.lastIndexOf("}", place));
    return inQuery || css.startsWith(`${UNIT}:max(`, place - UNIT.length - 5) ? whole : `calc(${number}*var(${UNIT}))`;
  });
}
