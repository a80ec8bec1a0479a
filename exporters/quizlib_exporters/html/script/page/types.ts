// What the page is told of its questions, and what the files here share.

export interface ChoiceSpec {
  kind: "choice";
  multiple: boolean;
  shuffle: boolean;
  options: { fraction: number; fixed: boolean }[];
}

export interface EntrySpec {
  kind: "entry";
  type: "text" | "number" | "output";
  accepted: { text: string; fraction: number }[];
  tolerance: string;
  caseSensitive: boolean;
  whitespace: "any" | "trailing" | "exact";
  pattern: string | null;
}

export interface EssaySpec {
  kind: "essay";
  template: string;
  rubric: (number | null)[];
}

export interface MatchSpec {
  kind: "match";
  pairs: (number | null)[];
}

export interface OrderSpec {
  kind: "order";
  alike: number[];
}

export type GapSpec = (ChoiceSpec | EntrySpec) & { weight: number };

export interface ClozeSpec {
  kind: "cloze";
  gaps: GapSpec[];
}

export interface Mistake {
  option: number | null;
  yields: string | null;
}

interface Common {
  points: number;
  difficulty: string | null;
  mistakes: Mistake[];
}

export type Spec = (ChoiceSpec | EntrySpec | EssaySpec | MatchSpec | OrderSpec | ClozeSpec) & Common;
export type Kind = Spec["kind"];
export type SpecOf<K extends Kind> = Extract<Spec, { kind: K }>;

export interface ResponseOf {
  choice: number[];
  entry: string;
  essay: { text: string; marks: boolean[] };
  match: (number | null)[];
  order: number[];
  cloze: string[];
}
export type LearnerResponse = ResponseOf[Kind];

export type OutcomeState = "right" | "partial" | "wrong" | "ungraded" | "invalid";

// From 0 to 1, with what helps: why it is invalid, the first field to mend, a score for each part, and which
// feedback the response has earned.
export interface Outcome {
  state: OutcomeState;
  score: number;
  problem?: string;
  field?: number;
  parts?: number[];
  said?: string[];
  gaveUp?: boolean;
}

export type ButtonName = "check" | "hint" | "give-up" | "back" | "next";

export interface Question {
  spec: Spec;
  index: number;
  id: string;
  element: HTMLElement;
  heading: HTMLElement;
  outcomeRegion: HTMLElement;
  problem: HTMLElement;
  hintPanel: HTMLElement;
  explanation: HTMLElement;
  button: Record<ButtonName, HTMLButtonElement>;
  response: LearnerResponse;
  hints: HTMLElement[];
  steps: HTMLElement[];
  stepControls?: HTMLElement;
  mistakes?: HTMLElement[];
}

export interface State {
  phase: "start" | "quiz" | "result";
  seed: number;
  queue: number[]; // the questions of this round
  at: number; // the place in the queue
  responses: Record<number, LearnerResponse>; // by the question's index, checked or not
  checked: Record<number, "checked" | "given-up">;
  hints: Record<number, number>; // how many have been shown
  steps: Record<number, number>; // how many steps of the solution have been shown
  retries: number;
}
