// Reading what a learner has entered from the page, and writing it back after a reload: by ids, never by places.

import type { Interaction } from "../engine/types";
import { all, isAvailable, setAvailable } from "./dom";
import { markEnds, orderedRows } from "./ordering";
import type { Question } from "./question";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

interface Access {
  fields(question: Question): HTMLElement[];
  read(question: Question): unknown;
  write(question: Question, response: unknown): void;
}

const field = (question: Question, selector: string): Field[] => all<Field>(question.element, selector);

const ACCESS: Record<Interaction["kind"], Access> = {
  choice: {
    fields: (question) => field(question, ".response input"),
    read: (question) =>
      (ACCESS.choice.fields(question) as HTMLInputElement[]).filter((input) => input.checked).map((input) => input.value),
    write: (question, response) => {
      const chosen = Array.isArray(response) ? response : [];
      for (const input of ACCESS.choice.fields(question) as HTMLInputElement[]) input.checked = chosen.includes(input.value);
    },
  },
  text_entry: {
    fields: (question) => field(question, ".response :is(input, textarea)"),
    read: (question) => (ACCESS.text_entry.fields(question)[0] as Field).value,
    write: (question, response) => {
      (ACCESS.text_entry.fields(question)[0] as Field).value = typeof response === "string" ? response : "";
    },
  },
  extended_text: {
    fields: (question) => field(question, ".response textarea"),
    read: (question) => (ACCESS.extended_text.fields(question)[0] as Field).value,
    write: (question, response) => {
      const area = ACCESS.extended_text.fields(question)[0] as HTMLTextAreaElement;
      area.value = typeof response === "string" ? response : area.defaultValue;
    },
  },
  match: {
    fields: (question) => field(question, ".response select"),
    read: (question) => {
      const chosen = (ACCESS.match.fields(question) as HTMLSelectElement[]).filter(({ value }) => value);
      return Object.fromEntries(chosen.map((select) => [select.dataset.source!, select.value]));
    },
    write: (question, response) => {
      for (const select of ACCESS.match.fields(question) as HTMLSelectElement[]) {
        select.value = textOf(response, select.dataset.source!);
      }
    },
  },
  order: {
    fields: (question) => all(question.element, ".orderable button"),
    read: (question) => orderedRows(question).map((row) => row.dataset.id!),
    write: (question, response) => {
      const order = Array.isArray(response) ? response : [];
      const rows = new Map(orderedRows(question).map((row) => [row.dataset.id!, row]));
      const list = question.element.querySelector(".orderable")!;
      for (const id of [...order, ...rows.keys()]) {
        const row = rows.get(String(id));
        if (row) list.append(row);
        rows.delete(String(id));
      }
      markEnds(question);
    },
  },
  inline_choice: {
    fields: (question) => field(question, "[data-gap]"),
    read: (question) => {
      const filled = (ACCESS.inline_choice.fields(question) as Field[]).filter(({ value }) => value);
      return Object.fromEntries(filled.map((gap) => [gap.dataset.gap!, gap.matches("select") ? [gap.value] : gap.value]));
    },
    write: (question, response) => {
      for (const gap of ACCESS.inline_choice.fields(question) as Field[]) gap.value = textOf(response, gap.dataset.gap!);
    },
  },
};

function textOf(response: unknown, key: string): string {
  if (typeof response !== "object" || response === null || Array.isArray(response)) return "";
  const value: unknown = Object.hasOwn(response, key) ? (response as Record<string, unknown>)[key] : "";
  return Array.isArray(value) ? String(value[0] ?? "") : typeof value === "string" ? value : "";
}

const accessOf = (question: Question): Access => ACCESS[question.spec.interaction.kind];

export const fieldsOf = (question: Question): HTMLElement[] => accessOf(question).fields(question);
export const readResponse = (question: Question): unknown => accessOf(question).read(question);
export const writeResponse = (question: Question, response: unknown): void => accessOf(question).write(question, response);

// The field that a part of the response is entered in.
export function fieldOfPart(question: Question, part: number | null): HTMLElement {
  const fields = fieldsOf(question);
  const { interaction } = question.spec;
  if (part === null) return fields[0]!;
  if (interaction.kind === "match") {
    return fields.find((select) => select.dataset.source === interaction.sources[part]?.id) ?? fields[0]!;
  }
  if (interaction.kind === "inline_choice") {
    return fields.find((gap) => gap.dataset.gap === interaction.gaps[part]?.id) ?? fields[0]!;
  }
  return fields[0]!;
}

// Once checked, a response stays as it is, and its fields keep the focus.
export function lockResponse(question: Question, locked: boolean): void {
  for (const one of fieldsOf(question)) {
    if (one.matches("textarea, input[type=text]")) (one as HTMLInputElement).readOnly = locked;
    else setAvailable(one, !locked);
  }
  if (question.spec.interaction.kind === "order" && !locked) markEnds(question);
}

export function guardLocked(question: Question, kept: () => unknown): void {
  const fieldset = question.element.querySelector("fieldset")!;
  fieldset.addEventListener("click", (event) => {
    const input = (event.target as Element).closest("input[type=radio], input[type=checkbox]");
    if (input && !isAvailable(input)) event.preventDefault();
  });
  fieldset.addEventListener("change", (event) => {
    const select = event.target as Element;
    if (select.matches("select") && !isAvailable(select)) writeResponse(question, kept());
  });
}
