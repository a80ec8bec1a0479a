// Whether a learner is strong in something, and how sure that is: see `quizlib.mastery`.
//
// The learner knows a share t of the questions of a kind, and guesses the others: a question that is guessed with
// chance g is answered rightly with chance t + (1 - t) g. Before any response every t is as likely as another. Each
// further look asks for more: at the nth the verdict may be wrong with 1/n of the probability at the first.

export interface Evidence {
  score: number; // from 0 to 1; unanswered and invalid responses score 0
  guess: number; // the chance that a blind response is right
  answered?: boolean; // false where there is no response
  seen?: boolean; // it had been answered before, or its solution been seen
}

export type Leaning = "strong" | "not_yet";

export interface Verdict {
  word: Leaning | "undecided";
  probability: number; // that the learner is strong
  leaning: Leaning;
  known: number; // the share that is expected to be known
  low: number; // known lies between low and high in four of five cases
  high: number;
  right: number;
  total: number;
  luck: number; // in one of so many cases the leaning is wrong
  settle: number | null; // so many more responses of the same kind would make it certain at the next look
  looks: number; // how often it was looked at, with more responses each time
  answered: number;
  seen: number;
}

const STRONG = 0.6; // six in ten known without guessing
const DOUBT = 0.1; // the probability of being wrong that is left at the first look
const POINTS = 200;
const GRID = Array.from({ length: POINTS }, (_, index) => (index + 0.5) / POINTS);
const LEAST = 1e-12;
export const MOST_CASES = 1000; // and more
const MOST_RESPONSES = 50;
const USUAL_GUESS = 0.25; // four options
const SLACK = 1e-12; // errors of rounding

export function verdict(evidence: readonly Evidence[], looks = 1): Verdict {
  const logs = GRID.map((known) => evidence.reduce((sum, one) => sum + logLikelihood(known, one), 0));
  const shares = posterior(logs);
  const probability = strongShare(shares);
  const leaning = probability >= 0.5 ? "strong" : "not_yet";
  const word = wordFor(probability, looks);
  const doubt = leaning === "strong" ? 1 - probability : probability;
  return {
    word,
    probability,
    leaning,
    known: shares.reduce((sum, share, index) => sum + share * GRID[index]!, 0),
    low: quantile(shares, 0.1),
    high: quantile(shares, 0.9),
    right: evidence.filter(({ score }) => score === 1).length,
    total: evidence.length,
    luck: doubt * MOST_CASES <= 1 ? MOST_CASES : Math.floor(1 / doubt + 0.5),
    settle: word === leaning ? null : settling(logs, leaning, meanGuess(evidence), looks + 1),
    looks,
    answered: evidence.filter(({ answered }) => answered !== false).length,
    seen: evidence.filter(({ seen }) => seen).length,
  };
}

function wordFor(probability: number, look: number): Verdict["word"] {
  const doubt = DOUBT / look;
  if (probability >= 1 - doubt) return "strong";
  return probability <= doubt ? "not_yet" : "undecided";
}

function logLikelihood(known: number, { score, guess }: Evidence): number {
  const chance = Math.min(Math.max(known + (1 - known) * guess, LEAST), 1 - LEAST);
  return score * Math.log(chance) + (1 - score) * Math.log(1 - chance);
}

function posterior(logs: readonly number[]): number[] {
  const top = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - top));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / whole);
}

function strongShare(shares: readonly number[]): number {
  return shares.reduce((sum, share, index) => (GRID[index]! >= STRONG ? sum + share : sum), 0);
}

// The first point of the grid up to which this share of the probability lies.
function quantile(shares: readonly number[], share: number): number {
  let sum = 0;
  for (const [index, one] of shares.entries()) {
    sum += one;
    if (sum >= share - SLACK) return GRID[index]!;
  }
  return GRID[POINTS - 1]!;
}

// How many more responses that speak for the leaning would make it certain; null when too many would not.
function settling(logs: readonly number[], leaning: Leaning, guess: number, look: number): number | null {
  const further = { score: leaning === "strong" ? 1 : 0, guess };
  const steps = GRID.map((known) => logLikelihood(known, further));
  for (let count = 1; count <= MOST_RESPONSES; count++) {
    const after = logs.map((log, index) => log + count * steps[index]!);
    if (wordFor(strongShare(posterior(after)), look) === leaning) return count;
  }
  return null;
}

function meanGuess(evidence: readonly Evidence[]): number {
  return evidence.length > 0 ? evidence.reduce((sum, { guess }) => sum + guess, 0) / evidence.length : USUAL_GUESS;
}
