// Which part of a blueprint each question is drawn for: a matching that grows by augmenting paths (Kuhn 1955).
//
// All places of a part are alike, so that a part looks for a question as a whole. Questions are numbers, in the order
// in which they are tried.

export class Assignment {
  readonly #fitting: readonly (readonly number[])[];
  readonly #owner = new Map<number, number>();

  constructor(fitting: readonly (readonly number[])[]) {
    this.#fitting = fitting;
  }

  // Find one more question for a part, moving others to other parts where need be; undefined where there is none. The
  // question that is returned had no part; it need not be this part that has it now.
  extend(part: number): number | undefined {
    const untried = this.#fitting.map((numbers) => numbers.values());
    const tried = new Set<number>();
    // The parts that look for a question, each with the one that it would give away.
    const waiting = [{ part, given: -1 }];
    for (let last = waiting.at(-1); last !== undefined; last = waiting.at(-1)) {
      const number = this.#next(untried[last.part]!, tried, last.part);
      if (number === undefined) {
        waiting.pop();
        continue;
      }
      const owner = this.#owner.get(number);
      if (owner === undefined) {
        this.#move(number, waiting);
        return number;
      }
      waiting.push({ part: owner, given: number });
    }
    return undefined;
  }

  // The questions of a part, in their order.
  numbersOf(part: number): number[] {
    return this.#fitting[part]!.filter((number) => this.#owner.get(number) === part);
  }

  // The next question that is free, or that another part has.
  #next(untried: Iterator<number>, tried: Set<number>, looking: number): number | undefined {
    for (let next = untried.next(); !next.done; next = untried.next()) {
      if (tried.has(next.value)) continue;
      tried.add(next.value);
      if (this.#owner.get(next.value) !== looking) return next.value;
    }
    return undefined;
  }

  // Give a free question to the last part that looks, and what each gives away to the one before it.
  #move(free: number, waiting: readonly { part: number; given: number }[]): void {
    let number = free;
    for (const { part, given } of [...waiting].reverse()) {
      this.#owner.set(number, part);
      number = given;
    }
  }
}
