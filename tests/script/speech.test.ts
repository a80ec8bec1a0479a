import assert from "node:assert/strict";
import { test } from "node:test";
import { speechIn } from "../../exporters/quizlib_exporters/html/script/page/speech.ts";

test("several languages are spoken at once, each by its own rules for numbers and plurals", () => {
  const english = speechIn("en", { parts: { one: "{count} part", other: "{count} parts" } });
  const german = speechIn("de", { parts: { one: "{count} Teil", other: "{count} Teile" } });
  assert.equal(english("parts", { count: 1 }), "1 part");
  assert.equal(german("parts", { count: 1.5 }), "1,5 Teile");
  assert.equal(english("parts", { count: 1.5 }), "1.5 parts");
});

test("a key that is not there is said as it is, whatever an object has by nature", () => {
  const t = speechIn("en", {});
  assert.equal(t("toString"), "toString");
  assert.equal(t("constructor", { count: 1 }), "constructor");
});
