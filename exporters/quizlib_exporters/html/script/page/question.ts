// One question of the page: its element, and what a script adds to it when it is first shown.

import { itemOrder, optionOrder } from "../engine/assembly";
import type { Outcome } from "../engine/grading";
import { adjustBlocks } from "./blocks";
import type { Spec } from "./data";
import { all, letterFor, make, makeButton, type Shown } from "./dom";
import { openHints, openSolution } from "./explanation";
import { addOrderButtons } from "./ordering";
import { fieldsOf, guardLocked } from "./responses";
import type { Setting } from "./setting";
import type { Speech } from "./speech";
import type { Work } from "./storage";

export interface Course {
  // Whether right and wrong are shown as soon as a response is checked.
  feedback: boolean;
  changed?(question: Question): void;
  settled?(question: Question, outcome: Outcome): void;
  // What is said of an outcome, where that is not what the outcome alone would say.
  told?(question: Question, outcome: Outcome): Told | undefined;
}

export interface Told {
  state: Shown;
  detail: string;
}

const NOTHING: Work = { response: null };

export class Question {
  readonly id: string;
  readonly element: HTMLElement;
  readonly heading: HTMLElement;
  readonly key: HTMLElement | null; // what stands in the key of the paper
  readonly t: Speech;
  work: Work = NOTHING;
  course: Course = { feedback: true };
  hasChanged = false; // since it was answered

  // What follows is there once the question is ready.
  hints: HTMLElement[] = [];
  steps: HTMLElement[] = [];
  mistakes: HTMLElement[] = [];
  button: Record<string, HTMLButtonElement> = {};
  hintPanel!: HTMLElement;
  task!: HTMLElement;
  problem!: HTMLElement;
  controls!: HTMLElement;
  outcomeRegion!: HTMLElement;
  explanation!: HTMLElement;
  stepControls: HTMLElement | null = null;
  private ready = false;

  constructor(
    readonly spec: Spec,
    readonly index: number,
    readonly setting: Setting,
  ) {
    this.t = setting.t;
    this.id = `q${index + 1}`;
    this.element = setting.root.getElementById(this.id)!;
    this.heading = setting.root.getElementById(`${this.id}-heading`)!;
    this.key = (setting.root.getElementById("key")?.querySelector("ol")?.children[index] as HTMLElement | undefined) ?? null;
  }

  // Add what a script needs, once. `actions` are what its buttons do.
  prepare(actions: Record<string, (question: Question) => void>, onChange: (said?: string) => void): void {
    if (this.ready) return;
    this.ready = true;
    this.outcomeRegion = this.element.querySelector<HTMLElement>(".outcome")!;
    this.hintPanel = openHints(this);
    this.explanation = openSolution(this);
    this.task = make("div", "task");
    this.task.hidden = true;
    this.problem = make("p", "problem");
    this.problem.tabIndex = -1;
    this.problem.hidden = true;
    this.controls = make("div", "controls");
    for (const [name, className] of [["check", "primary"], ["hint", ""], ["give-up", "plain"]] as const) {
      const button = makeButton(this.t(`do-${name}`), className, () => actions[name]!(this));
      button.dataset.do = name;
      this.button[name] = button;
      this.controls.append(button);
    }
    this.element
      .querySelector("fieldset")!
      .after(this.task, this.problem, this.hintPanel, this.controls, this.outcomeRegion, this.explanation);
    if (this.spec.interaction.kind === "order") addOrderButtons(this, onChange);
    guardLocked(this, () => this.work.response);
    this.element.querySelector(".response")!.addEventListener("input", () => onChange());
    if (this.spec.interaction.kind === "inline_choice") {
      this.element.querySelector(".stem")!.addEventListener("input", () => onChange());
    }
    this.ticks().forEach((box, row) => {
      box.addEventListener("change", () => {
        this.work.ticks = (this.work.ticks ?? []).filter((other) => other !== row).concat(box.checked ? [row] : []);
        this.setting.keep();
      });
    });
    adjustBlocks(this.element, this.setting);
  }

  // The boxes of the rubric, by which learners mark themselves.
  ticks(): HTMLInputElement[] {
    return all<HTMLInputElement>(this.element, ".rubric input");
  }

  // A short name: its title, or the beginning of its stem.
  get name(): string {
    return this.element.dataset.name ?? this.spec.id;
  }

  // Bring options, rows and sources in the order of a seed, and the letters with them.
  arrange(seed: string): void {
    const { interaction, id } = this.spec;
    if (interaction.kind === "choice" && interaction.shuffle) {
      this.reorder(".response > .option", optionOrder(
          seed,
          id,
          interaction.options.map((option) => option.id),
          interaction.options.map((option) => option.fixed === true),
        ));
    } else if (interaction.kind === "match" && interaction.shuffle) {
      this.reorder(".response > .pair", optionOrder(seed, id, interaction.sources.map((source) => source.id)));
    } else if (interaction.kind === "order" && this.work.response === null) {
      this.reorder(".orderable > li", itemOrder(seed, id, interaction.items));
    }
    // Letters stand beside the options, in the answer, and in the key of the paper.
    const places = this.key ? [this.element, this.key] : [this.element];
    all(this.element, ".response > .option").forEach((row, place) => {
      const letter = letterFor(place);
      row.querySelector(".letter")!.textContent = letter;
      const mentions = `[data-letter-of="${this.id}-o${row.dataset.index}"]`;
      for (const mention of places.flatMap((one) => all(one, mentions))) mention.textContent = letter;
    });
  }

  // Bring it in the order of a seed, whatever has been answered.
  renew(seed: string): void {
    this.work = { response: null };
    this.arrange(seed);
  }

  private reorder(selector: string, order: string[]): void {
    const rows = new Map(all(this.element, selector).map((row) => [row.dataset.id!, row]));
    const last = [...rows.values()].at(-1)!;
    const place = make("span");
    last.after(place);
    place.replaceWith(...order.map((id) => rows.get(id)!));
  }

  // Number it by its place in a round, or as it stands in the bank.
  number(place: number): void {
    this.heading.querySelector(".eyebrow > span")!.textContent = this.t("question-number", { number: place + 1 });
  }

  // Show one of: the field to answer in, a task that comes before it, or nothing but the question.
  stage(name: "answer" | "task" | "reading"): void {
    this.element.dataset.stage = name;
    delete this.element.dataset.options;
    this.task.hidden = name !== "task";
    this.controls.hidden = name !== "answer";
    this.hintPanel.hidden = name === "reading";
    for (const field of fieldsOf(this)) (field as HTMLInputElement).disabled = name !== "answer";
  }

  // A button that shows what there is to choose from, where a task has put it away.
  optionsButton(): HTMLElement | null {
    if (!["choice", "match", "order"].includes(this.spec.interaction.kind)) return null;
    const button = makeButton(this.t("show-options"), "plain", () => {
      this.element.dataset.options = "shown";
      button.remove();
      const response = this.element.querySelector<HTMLElement>(".response")!;
      response.tabIndex = -1;
      response.focus();
    });
    return button;
  }
}
