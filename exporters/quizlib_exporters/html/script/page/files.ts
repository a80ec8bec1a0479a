// Results as a file and as text: made in the page, given to the browser's own download, sent nowhere.

import { makeResult, resultText as documentOf } from "../engine/results";
import { checkedState } from "./asking";
import { data } from "./data";
import { make, notify } from "./dom";
import { questionOf } from "./round";
import { specs, type Round } from "./storage";
import { t, wordFor } from "./words";

// Save a round as the JSON that `quiz grade` reads.
export function saveResult(mode: string, round: Round): void {
  const several = data.banks.length > 1;
  // Of a round that goes on, what was settled so far: the rest has not been asked yet.
  const asked = round.queue.filter((id) => round.finished !== null || round.work[id]?.settled).map((id) => specs.get(id)!);
  const result = makeResult(
    {
      bank: data.id,
      title: data.title,
      mode,
      seed: round.seed,
      started: new Date(round.started),
      finished: round.finished === null ? null : new Date(round.finished),
    },
    asked.map(({ id, bank, digest }) => ({
      bank,
      digest: round.work[id]?.changed ?? digest,
      id: several ? id.slice(bank.length + 1) : id,
    })),
    asked.map(({ id }) => {
      const work = round.work[id];
      return work && { response: work.response, hints: work.hints, gaveUp: work.settled === "given-up", seconds: work.seconds };
    }),
  );
  download(`${data.id}-${mode}-${(round.finished ?? round.started).slice(0, 10)}.json`, documentOf(result));
  notify(t("saved-file"));
}

function download(name: string, text: string): void {
  const link = make("a") as HTMLAnchorElement;
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// The result as lines of text, to be pasted into a message.
export function resultText(round: Round, verdict: string): string {
  const lines = [data.title, verdict, ""];
  round.queue.forEach((id, place) => {
    const question = questionOf(id);
    lines.push(`${place + 1}. ${question.name}: ${wordFor(checkedState(question, round.work[id]))}`);
  });
  return lines.join("\n");
}

