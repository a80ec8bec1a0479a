// What the exporter wrote into the page: the questions as they are scored, and the words of the interface.

import { isEvidence } from "../engine/attempt";
import type { Interaction, PartialCredit } from "../engine/types";
import type { Words } from "./speech";

export type Difficulty = "easy" | "medium" | "hard";

// A common mistake: the option or the text that it leads to, and the lines of its program that go wrong.
export interface Mistake {
  option: string | null;
  yields: string | null;
  lines: number[] | null;
}

export interface Spec {
  id: string;
  bank: string;
  digest: string;
  type: string;
  difficulty: Difficulty | null;
  objectives: string[];
  tags: string[];
  variant_of: string | null;
  points: number;
  partial_credit: PartialCredit | null;
  interaction: Interaction;
  mistakes: Mistake[];
  outputs: string[]; // what the program prints, or the exception it ends with, where that is the key
}

export interface Part {
  count: number;
  difficulty?: Difficulty;
  tags?: string[];
  objectives?: string[];
  question_types?: string[];
}

export interface PageData {
  id: string;
  storage: string; // the name of the place where progress is kept
  title: string;
  language: string; // of the interface
  mixed: string | null; // where the questions of all banks are mixed
  banks: { id: string; title: string }[];
  blueprint: { parts: Part[]; time_limit?: number };
  names: Record<string, string>; // of objectives and tags that are shown otherwise than they are written
  sections: string[][]; // for each section of the lesson, its objectives
  words: Words;
  questions: Spec[];
}

export const data = JSON.parse(document.getElementById("quiz-data")!.textContent!) as PageData;

export const shownName = (name: string): string => (Object.hasOwn(data.names, name) ? data.names[name]! : name);

export const isGraded = (spec: Spec): boolean => isEvidence(spec.interaction, false);
