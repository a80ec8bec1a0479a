// A verdict in words.

import { MOST_CASES, type Verdict } from "../engine/mastery";
import { t } from "./words";

// With how sure it is, what would settle it, and what it does not count with.
export function inWords(verdict: Verdict): string {
  const { answered, right, total } = verdict;
  if (total === 1) return t("verdict-right-of", { right, count: total, verdict: t("verdict-too-few") });
  const judgement = t(judgementOf(verdict));
  const sentences =
    answered === 0
      ? [t("verdict-none-answered", { count: total, verdict: judgement })]
      : [t("verdict-right-of", { right, count: total, verdict: judgement }), chances(verdict), ...settling(verdict)];
  return [...sentences, ...reserves(verdict)].join(" ");
}

const judgementOf = ({ word, leaning }: Verdict): string =>
  word === "undecided" ? `verdict-probably-${leaning}` : `verdict-${word}`;

function chances({ leaning, luck }: Verdict): string {
  const name = leaning === "strong" ? "verdict-luck" : "verdict-bad-luck";
  return t(luck < MOST_CASES ? name : `${name}-rare`, { cases: luck });
}

function settling({ leaning, settle }: Verdict): string[] {
  if (settle === null) return [];
  return [t(leaning === "strong" ? "verdict-settle-right" : "verdict-settle-wrong", { count: settle })];
}

function reserves({ looks, seen, total, leaning }: Verdict): string[] {
  const content: string[] = [];
  if (looks > 1) content.push(t("verdict-looks", { count: looks - 1 }));
  if (seen > 0 && leaning === "strong") content.push(t("verdict-seen", { count: seen, total }));
  return content;
}

// For a row of a table, behind the word: where it leans, and what would settle it.
export function inShort(verdict: Verdict): string {
  if (verdict.total === 1) return t("verdict-leaning", { verdict: t("verdict-too-few") });
  if (verdict.word !== "undecided") return "";
  return [t("verdict-leaning", { verdict: t(judgementOf(verdict)) }), ...settling(verdict)].join(" ");
}
