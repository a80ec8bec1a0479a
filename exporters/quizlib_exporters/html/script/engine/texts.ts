// Texts as far as their characters count. Each step is one that Python has with the same result.

import type { TextEntryInteraction, Whitespace } from "./types.ts";

// A text such that texts which count as the same are equal.
export function comparable(text: string, entry: TextEntryInteraction): string {
  const bare = plainQuotes(spaced(text, entry.whitespace), entry);
  return caseCounts(entry) ? bare : bare.toUpperCase().toLowerCase();
}

// A text in Unicode's form NFC with line feeds, as far as its white space counts.
export function spaced(text: string, whitespace: Whitespace): string {
  return withoutIdleBlanks(text.replace(/\r\n?/g, "\n"), whitespace).normalize("NFC");
}

function withoutIdleBlanks(text: string, whitespace: Whitespace): string {
  if (whitespace === "any") return text.trim().replace(/\s+/g, " ");
  if (whitespace === "exact") return text.endsWith("\n") ? text.slice(0, -1) : text;
  // Line by line: an expression for it would take the square of the length.
  const lines = text.split("\n").map((line) => line.trimEnd());
  while (lines.length > 1 && lines.at(-1) === "") lines.pop();
  return lines.join("\n");
}

// Plain apostrophes and quotes in place of those that keyboards make curly unasked; an exact text as it is.
function plainQuotes(text: string, entry: TextEntryInteraction): string {
  if (entry.whitespace === "exact" || entry.base_type === "output") return text;
  return text.replace(/[\u2018-\u201b\u02bc]/g, "'").replace(/[\u201c-\u201f]/g, '"');
}

// Upper and lower case count in what a program prints.
function caseCounts(entry: TextEntryInteraction): boolean {
  return entry.case_sensitive || entry.base_type === "output";
}

export function isBlank(text: string): boolean {
  return text.trim() === "";
}

// Whether the text fits the pattern from end to end. A pattern that no browser knows fits nothing.
export function fitsPattern(text: string, entry: TextEntryInteraction): boolean {
  const pattern = entry.script_pattern;
  if (pattern === undefined || pattern === null) return false;
  try {
    const expression = new RegExp(`^(?:${pattern})$`, caseCounts(entry) ? "u" : "iu");
    const bare = spaced(text, entry.whitespace);
    return [bare, plainQuotes(bare, entry)].some((one) => expression.test(one));
  } catch {
    return false;
  }
}
