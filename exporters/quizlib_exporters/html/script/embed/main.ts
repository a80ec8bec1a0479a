// <quiz-question>: one question of a bank, in somebody's page. This file may be loaded any number of times.

import { QuizQuestion } from "./element";

const NAME = "quiz-question";

if (!customElements.get(NAME)) customElements.define(NAME, QuizQuestion);
