// The engine as a program: it reads {"name": [[argument, ...], ...]} and writes what each call gives, in order.
// tests/property/test_the_scripts_agree.py compares that with what `quizlib` says.

import { readFileSync } from "node:fs";
import { draw, itemOrder, optionOrder } from "../../exporters/quizlib_exporters/html/script/engine/assembly.ts";
import { guess, score } from "../../exporters/quizlib_exporters/html/script/engine/grading.ts";
import { verdict } from "../../exporters/quizlib_exporters/html/script/engine/mastery.ts";

// The arguments are what the caller has made: nothing here checks them.
type Call = (...given: never[]) => unknown;
const CALLS: Record<string, Call> = { score, guess, verdict, draw, optionOrder, itemOrder };

const wanted = JSON.parse(readFileSync(0, "utf8")) as Record<string, never[][]>;
const found = Object.entries(wanted).map(([name, cases]) => [name, cases.map((given) => CALLS[name]!(...given))]);
process.stdout.write(JSON.stringify(Object.fromEntries(found)));
