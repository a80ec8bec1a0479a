// Which banks fit what was asked for: no document in here, so that it can be tested by itself.

export interface Asked {
  readonly query: string;
  readonly difficulty: string; // empty for any
  readonly tags: readonly string[];
}

export interface Entry {
  readonly text: string; // folded: title, description and tags
  readonly questions: readonly Question[];
  readonly levels: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
}

export interface Question {
  readonly name: string;
  readonly text: string; // folded
}

// The questions that a word was found in where the bank itself does not have it; null when the bank does not fit.
export type Fit = readonly string[] | null;

export interface Found {
  readonly fits: readonly Fit[];
  readonly shown: number;
  // How many banks there would be with this choice in place of the present one, or beside it.
  readonly levels: ReadonlyMap<string, number>;
  readonly tags: ReadonlyMap<string, number>;
}

// Letters that are no other letter with a mark, though people who lack their key type them as one, and signs that are
// written in several ways.
const TYPED: Readonly<Record<string, string>> = {
  ...{ æ: "ae", ð: "d", đ: "d", ħ: "h", ı: "i", ł: "l", œ: "oe", ø: "o", þ: "th", ŧ: "t", ς: "σ" },
  ...{ ى: "ي", ة: "ه", ـ: "", "’": "'", "‘": "'" },
};
const UNTYPED = new RegExp(`[${Object.keys(TYPED).join("")}]`, "gu");

// A text without case and accents, so that neither has to be typed.
export function folded(text: string): string {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "");
  return bare.toUpperCase().toLowerCase().replace(UNTYPED, (letter) => TYPED[letter]!); // ß becomes SS, then ss
}

// `more` is what finds a question beside its name.
export function question(name: string, more = ""): Question {
  return { name, text: folded(`${name}\n${more}`) };
}

export function find(entries: readonly Entry[], asked: Asked): Found {
  const words = folded(asked.query).split(/\s+/).filter(Boolean);
  const levels = new Map<string, number>([["", 0]]);
  const tags = new Map<string, number>();
  let shown = 0;
  const fits = entries.map((entry): Fit => {
    if (!asked.tags.every((tag) => entry.tags.has(tag))) return null;
    const fit = questionsWith(words, entry);
    if (fit === null) return null;
    for (const level of ["", ...entry.levels]) count(levels, level);
    if (asked.difficulty !== "" && !entry.levels.has(asked.difficulty)) return null;
    for (const tag of entry.tags) count(tags, tag);
    shown += 1;
    return fit;
  });
  return { fits, shown, levels, tags };
}

function questionsWith(words: readonly string[], entry: Entry): Fit {
  const missing = words.filter((word) => !entry.text.includes(word));
  if (missing.length === 0) return [];
  const questions = entry.questions.filter(({ text }) => missing.some((word) => text.includes(word)));
  const everywhere = missing.every((word) => questions.some(({ text }) => text.includes(word)));
  return everywhere ? questions.map(({ name }) => name) : null;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
