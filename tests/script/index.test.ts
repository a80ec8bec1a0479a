import assert from "node:assert/strict";
import { test } from "node:test";
import { fromFragment, toFragment } from "../../exporters/quizlib_exporters/html/script/index/address.ts";
import { type Asked, type Entry, find, folded, question } from "../../exporters/quizlib_exporters/html/script/index/search.ts";
import { Words } from "../../exporters/quizlib_exporters/html/script/index/words.ts";

const NOTHING: Asked = { query: "", difficulty: "", tags: [] };

function entry(text: string, levels: string[], tags: string[], ...questions: string[]): Entry {
  const all = [text, ...tags].join("\n");
  return { text: folded(all), levels: new Set(levels), tags: new Set(tags), questions: questions.map((name) => question(name)) };
}

const ENTRIES = [
  entry("Reading loops", ["easy", "medium"], ["python"], "Off by one", "A loop in a loop"),
  entry("Zählen und Überlaufen", ["hard"], ["c", "python"], "Off the end"),
  entry("Joins", [], ["sql"]),
];
const shown = (asked: Partial<Asked>): number[] =>
  find(ENTRIES, { ...NOTHING, ...asked }).fits.flatMap((fit, index) => (fit === null ? [] : [index]));

test("without a wish every bank is shown, and each choice says what it leads to", () => {
  const found = find(ENTRIES, NOTHING);
  assert.equal(found.shown, 3);
  assert.deepEqual(Object.fromEntries(found.levels), { "": 3, easy: 1, medium: 1, hard: 1 });
  assert.deepEqual(Object.fromEntries(found.tags), { python: 2, c: 1, sql: 1 });
});

test("every word must be found, in any order and anywhere", () => {
  assert.deepEqual(shown({ query: "loops reading" }), [0]);
  assert.deepEqual(shown({ query: "  python \t off " }), [0, 1]);
  assert.deepEqual(shown({ query: "python sql" }), []);
});

test("neither case nor accents have to be typed", () => {
  assert.deepEqual(shown({ query: "UBERLAUFEN" }), [1]);
  assert.deepEqual(shown({ query: "zählen" }), [1]);
  assert.equal(folded("Ελλάδα É ﬁ Å"), "ελλαδα e fi a");
  const alike = [["Straße", "strasse", "STRASSE"], ["Łódź", "lodz"], ["smørrebrød", "smorrebrod"], ["œuvre", "oeuvre"]];
  alike.push(["ΟΔΟΣ", "οδός", "οδοσ"], ["مدرسة", "مَدرسه"], ["l’eau", "l'eau"], ["ISTANBUL", "İstanbul", "ıstanbul"]);
  for (const group of alike) assert.equal(new Set(group.map(folded)).size, 1, group.join(" "));
});

test("a question is found by what stands beside its name, and shown by its name", () => {
  const bank = { ...entry("Joins", [], []), questions: [question("Outer joins", "Which rows has the result?")] };
  assert.deepEqual(find([bank], { ...NOTHING, query: "rows outer" }).fits, [["Outer joins"]]);
  assert.deepEqual(find([bank], { ...NOTHING, query: "column" }).fits, [null]);
});

test("questions are named only where the bank itself lacks the word", () => {
  assert.deepEqual(find(ENTRIES, { ...NOTHING, query: "off" }).fits, [["Off by one"], ["Off the end"], null]);
  assert.deepEqual(find(ENTRIES, { ...NOTHING, query: "reading loop" }).fits[0], []);
  assert.deepEqual(find(ENTRIES, { ...NOTHING, query: "reading off" }).fits, [["Off by one"], null, null]);
});

test("all chosen tags hold, and their counts are those of what is shown", () => {
  const found = find(ENTRIES, { ...NOTHING, tags: ["python", "c"] });
  assert.deepEqual(found.fits, [null, [], null]);
  assert.deepEqual(Object.fromEntries(found.tags), { python: 1, c: 1 });
});

test("the counts of difficulties tell what another choice would give", () => {
  const found = find(ENTRIES, { ...NOTHING, difficulty: "hard", tags: ["python"] });
  assert.equal(found.shown, 1);
  assert.deepEqual(Object.fromEntries(found.levels), { "": 2, easy: 1, medium: 1, hard: 1 });
  assert.deepEqual(Object.fromEntries(found.tags), { python: 1, c: 1 });
});

test("what is asked for survives the address", () => {
  for (const asked of [
    NOTHING,
    { query: "a & b=c #d + é", difficulty: "hard", tags: ["c++", "a&b", "für"] },
    { query: "", difficulty: "", tags: ["c"] },
  ]) {
    assert.deepEqual(fromFragment(`#${toFragment(asked)}`, ["", "hard"], ["c++", "a&b", "für", "c"]), asked);
  }
  assert.equal(toFragment({ ...NOTHING, query: "  " }), "");
});

test("an address with what is not there asks for the rest", () => {
  const asked = fromFragment("#q=x&difficulty=fatal&tag=no&tag=c&tag=c&else=1", ["", "hard"], ["c"]);
  assert.deepEqual(asked, { query: "x", difficulty: "", tags: ["c"] });
  assert.deepEqual(fromFragment("#%E0%A4%A", [""], []), NOTHING);
});

test("words are filled in, in the plural of the language", () => {
  const words = new Words({ a: { one: "{count} bank of {total}", other: "{count} banks" }, b: "so {much}" }, "en");
  assert.equal(words.say("a", { count: 1, total: 2 }), "1 bank of 2");
  assert.equal(words.say("a", { count: 0 }), "0 banks");
  assert.equal(words.say("b"), "so {much}");
  assert.equal(new Words({ a: { two: "zwei", other: "x" } }, "ar").say("a", { count: 2 }), "zwei");
});
