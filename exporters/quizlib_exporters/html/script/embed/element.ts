// The custom element: what can be read without a script stands in it, and gives way to the question to be answered.

import { mount, show } from "../page/asking";
import type { Spec } from "../page/data";
import { all, make, makeButton } from "../page/dom";
import { Question } from "../page/question";
import type { Setting } from "../page/setting";
import { speechIn, type Words } from "../page/speech";
import type { Outcome } from "../engine/grading";
import style from "../../styles/embed.css";
import { sprite } from "./icons";

// What the exporter wrote beside the question's markup.
interface Data {
  language: string;
  words: Words;
  index: number; // of the question in its bank
  spec: Spec;
}

// The detail of the event `quiz-answer`.
export interface Answer {
  bank: string;
  question: string;
  digest: string;
  response: unknown;
  outcome: Outcome;
  hints: number;
  gaveUp: boolean;
}

let sheet: CSSStyleSheet | null = null;

// One sheet for all elements; it is made by script, which no policy on inline styles forbids.
function sharedSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
  }
  return sheet;
}

export class QuizQuestion extends HTMLElement {
  private waiting: MutationObserver | null = null;

  connectedCallback(): void {
    if (this.shadowRoot || this.waiting) return;
    if (document.readyState !== "loading") return this.upgradeWhenWhole();
    document.addEventListener("DOMContentLoaded", () => this.isConnected && this.upgradeWhenWhole(), { once: true });
  }

  disconnectedCallback(): void {
    this.waiting?.disconnect();
    this.waiting = null;
  }

  // Scripts may add the element first, and what it holds later.
  private upgradeWhenWhole(): void {
    if (this.shadowRoot || this.waiting || this.upgrade()) return;
    this.waiting = new MutationObserver(() => {
      if (this.upgrade()) this.disconnectedCallback();
    });
    this.waiting.observe(this, { childList: true });
  }

  // Whether what it takes was there.
  private upgrade(): boolean {
    const template = this.querySelector<HTMLTemplateElement>(":scope > template");
    const block = template?.content.querySelector('script[type="application/json"]');
    if (!template || !block) return false;
    const data = JSON.parse(block.textContent!) as Data;
    const content = template.content.cloneNode(true) as DocumentFragment;
    content.querySelector('script[type="application/json"]')!.remove();
    takeImages(content, this);
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sharedSheet()];
    const notice = make("p", "notice");
    notice.setAttribute("role", "status");
    root.append(sprite(), content);
    root.querySelector(".embed")!.append(notice);
    this.begin(new Question(data.spec, data.index, settingIn(root, notice, data)));
    return true;
  }

  private begin(question: Question): void {
    const again = makeButton(question.t("again"), "plain", () => {
      this.ask(question, again);
      question.heading.focus();
    });
    again.dataset.do = "again";
    this.ask(question, again);
    question.controls.append(again);
  }

  // Ask it, in an order of its own each time.
  private ask(question: Question, again: HTMLElement): void {
    again.hidden = true;
    const course = {
      feedback: true,
      settled: (_: Question, outcome: Outcome) => {
        again.hidden = false;
        this.report(question, outcome);
      },
    };
    mount(question, { response: null }, course, String(Math.random()));
    show(question);
  }

  private report({ spec, work }: Question, outcome: Outcome): void {
    const detail: Answer = {
      bank: spec.bank,
      question: spec.id,
      digest: spec.digest,
      response: structuredClone(work.response),
      outcome: structuredClone(outcome),
      hints: work.hints ?? 0,
      gaveUp: work.settled === "given-up",
    };
    this.dispatchEvent(new CustomEvent<Answer>("quiz-answer", { bubbles: true, composed: true, detail }));
  }
}

function settingIn(root: ShadowRoot, notice: HTMLElement, { language, words }: Data): Setting {
  return {
    root,
    t: speechIn(language, words),
    keep: () => undefined, // a page of somebody else's is no place to keep things in, unless it does so itself
    tell: (text) => {
      notice.textContent = text;
    },
  };
}

// Images stand in the readable part only, since they are long; the template names them.
function takeImages(content: DocumentFragment, readable: Element): void {
  for (const image of all<HTMLImageElement>(content, "img[data-image]")) {
    const source = readable.querySelector(`img[data-image="${CSS.escape(image.dataset.image!)}"]`);
    image.setAttribute("src", source?.getAttribute("src") ?? "data:,");
  }
}
