// Reading what a learner has entered from the page, and writing it back after a reload.
//
// A question is {index, id, spec, element} and what the other files add to it.

import { arrangeRows, disorder, markEnds, orderedRows } from "./ordering.ts";
import { isAvailable, randomFrom, setAvailable } from "./tools.ts";
import type { Kind, LearnerResponse, Question, ResponseOf, Spec, SpecOf } from "./types.ts";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLButtonElement;

interface Responder<S, R> {
  fields(question: Question): Field[];
  read(question: Question): R;
  write(question: Question, response: R): void;
  empty(spec: S, random: () => number): R;
}

const RESPONSES: { [K in Kind]: Responder<SpecOf<K>, ResponseOf[K]> } = {
  choice: {
    fields: (question) => inputs<HTMLInputElement>(question, ".response input"),
    read: (question) => {
      const chosen = inputs<HTMLInputElement>(question, ".response input").filter((input) => input.checked);
      return chosen.map((input) => Number(input.value));
    },
    write: (question, response) => {
      for (const input of inputs<HTMLInputElement>(question, ".response input")) {
        input.checked = response.includes(Number(input.value));
      }
    },
    empty: () => [],
  },
  entry: {
    fields: (question) => inputs<Field>(question, ".response input, .response textarea"),
    read: (question) => RESPONSES.entry.fields(question)[0]!.value,
    write: (question, response) => {
      RESPONSES.entry.fields(question)[0]!.value = response;
    },
    empty: () => "",
  },
  essay: {
    fields: (question) => inputs<Field>(question, ".response textarea"),
    read: (question) => ({
      text: RESPONSES.essay.fields(question)[0]!.value,
      marks: inputs<HTMLInputElement>(question, ".rubric input").map((input) => input.checked),
    }),
    write: (question, response) => {
      RESPONSES.essay.fields(question)[0]!.value = response.text;
      inputs<HTMLInputElement>(question, ".rubric input").forEach((input, row) => {
        input.checked = response.marks[row] === true;
      });
    },
    empty: (spec) => ({ text: spec.template, marks: [] }),
  },
  match: {
    fields: (question) => inputs<Field>(question, ".response select"),
    read: (question) =>
      RESPONSES.match.fields(question).map((select) => (select.value === "" ? null : Number(select.value))),
    write: (question, response) => {
      RESPONSES.match.fields(question).forEach((select, index) => {
        const target = response[index] ?? null;
        select.value = target === null ? "" : String(target);
      });
    },
    empty: (spec) => spec.pairs.map(() => null),
  },
  order: {
    fields: (question) => inputs<Field>(question, ".orderable button"),
    read: (question) => orderedRows(question).map((row) => Number(row.dataset.index)),
    write: (question, response) => arrangeRows(question, response),
    empty: (spec, random) => disorder(spec, random),
  },
  cloze: {
    fields: (question) => {
      const fields = inputs<HTMLInputElement | HTMLSelectElement>(question, "[data-gap]");
      return fields.sort((one, other) => Number(one.dataset.gap) - Number(other.dataset.gap));
    },
    read: (question) => RESPONSES.cloze.fields(question).map((field) => field.value),
    write: (question, response) => {
      RESPONSES.cloze.fields(question).forEach((field, index) => {
        field.value = response[index]!;
      });
    },
    empty: (spec) => spec.gaps.map(() => ""),
  },
};

export function inputs<T extends Element>(question: Question, selector: string): T[] {
  return [...question.element.querySelectorAll<T>(selector)];
}

const responderOf = (question: Question): Responder<Spec, LearnerResponse> =>
  RESPONSES[question.spec.kind] as Responder<Spec, LearnerResponse>;

export const fieldsOf = (question: Question): Field[] => responderOf(question).fields(question);
export const readResponse = (question: Question): LearnerResponse => responderOf(question).read(question);

export function writeResponse(question: Question, response: LearnerResponse): void {
  responderOf(question).write(question, response);
}

export function emptyResponse(question: Question, seed: number): LearnerResponse {
  return responderOf(question).empty(question.spec, randomFrom(seed + question.index));
}

// Once checked, a response stays as it is, and its fields keep the focus.
export function lockResponse(question: Question, locked: boolean): void {
  for (const field of fieldsOf(question)) {
    if (field.matches("textarea, input[type=text]")) (field as HTMLInputElement).readOnly = locked;
    else setAvailable(field, !locked);
  }
  if (question.spec.kind === "order" && !locked) markEnds(question);
}

export function guardLocked(question: Question): void {
  const fieldset = question.element.querySelector("fieldset")!;
  fieldset.addEventListener("click", (event) => {
    const field = (event.target as Element).closest("input[type=radio], input[type=checkbox]");
    if (field && !isAvailable(field)) event.preventDefault();
  });
  fieldset.addEventListener("change", (event) => {
    const target = event.target as Element;
    if (target.matches("select") && !isAvailable(target)) {
      writeResponse(question, question.response);
    }
  });
}
