// The result of a session as the JSON that `quiz grade` reads: docs/schemas/result.schema.json. It holds what was
// answered and nothing on scores, which are never believed.

import { isObject, isText } from "./json.ts";

export interface ResultResponse {
  bank?: string; // only where it is another one than that of the result
  question: string;
  digest: string; // of the question as it was answered
  response: unknown; // null: unanswered
  hints: number; // how many were shown
  gave_up: boolean;
  seconds: number | null;
}

export interface Result {
  version: 1;
  bank: string;
  title: string;
  mode: string;
  seed: string | null;
  started: string | null; // ISO 8601, UTC
  finished: string | null;
  learner: string | null;
  responses: ResultResponse[];
}

export interface Session {
  bank: string;
  title: string;
  mode: string;
  seed?: string | null;
  started?: Date | null;
  finished?: Date | null;
  learner?: string | null;
}

export interface Asked {
  bank?: string;
  id: string;
  digest: string;
}

export interface Answer {
  response: unknown;
  hints?: number;
  gaveUp?: boolean;
  seconds?: number | null;
}

// `answers` stand in the order of the questions; one that is missing was not answered.
export function makeResult(
  session: Session,
  asked: readonly Asked[],
  answers: readonly (Answer | null | undefined)[],
): Result {
  return {
    version: 1,
    bank: session.bank,
    title: session.title,
    mode: session.mode,
    seed: session.seed ?? null,
    started: session.started?.toISOString() ?? null,
    finished: session.finished?.toISOString() ?? null,
    learner: session.learner?.trim() || null,
    responses: asked.map((question, index) => responseTo(question, answers[index], session.bank)),
  };
}

function responseTo({ bank, id, digest }: Asked, answer: Answer | null | undefined, own: string): ResultResponse {
  const seconds = answer?.seconds ?? null;
  return {
    ...(bank !== undefined && bank !== own ? { bank } : {}),
    question: id,
    digest,
    response: answer?.response ?? null,
    hints: answer?.hints ?? 0,
    gave_up: answer?.gaveUp ?? false,
    seconds: seconds === null ? null : Math.round(seconds * 10) / 10,
  };
}

export function resultText(result: Result): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}

// The result that a text holds, or null when it is none. Keys that are not known are left out.
export function readResult(text: string): Result | null {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(data) || data.version !== 1 || !Array.isArray(data.responses)) return null;
  const { bank, title, mode, seed, started, finished, learner } = data;
  if (!isText(bank) || !isText(title) || !isText(mode) || !isTextOrNull(seed) || !isTextOrNull(learner)) return null;
  if (!isMomentOrNull(started) || !isMomentOrNull(finished)) return null;
  const responses = data.responses.map(readResponse);
  if (!responses.every((response) => response !== null)) return null;
  return { version: 1, bank, title, mode, seed, started, finished, learner, responses };
}

function readResponse(data: unknown): ResultResponse | null {
  if (!isObject(data)) return null;
  const { bank, question, digest, response, hints, gave_up, seconds } = data;
  if (!isText(question) || !isText(digest) || response === undefined || typeof gave_up !== "boolean") return null;
  if (!isCount(hints) || !(seconds === null || isAmount(seconds))) return null;
  if (bank !== undefined && !isText(bank)) return null;
  return { ...(bank !== undefined ? { bank } : {}), question, digest, response, hints, gave_up, seconds };
}

const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);
const isAmount = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value) && value >= 0;
const isCount = (value: unknown): value is number => isAmount(value) && Number.isInteger(value);

function isMomentOrNull(value: unknown): value is string | null {
  return value === null || (isText(value) && !Number.isNaN(Date.parse(value)));
}
