// Putting rows in order with two buttons each, and by dragging them for those who like that better.

import { all, icon, makeButton, setAvailable } from "./dom";
import type { Question } from "./question";

export const orderedRows = (question: Question): HTMLElement[] => all(question.element, ".orderable > li");

export function addOrderButtons(question: Question, onMove: (announcement: string) => void): void {
  for (const row of orderedRows(question)) {
    const text = row.querySelector(".content")!;
    const buttons = document.createElement("span");
    buttons.className = "movers";
    for (const [name, step] of [["up", -1], ["down", 1]] as const) {
      const button = makeButton("", "icon-button", () => moveRow(question, row, step, onMove));
      button.id = `${text.id}-${name}`;
      button.setAttribute("aria-label", question.t(`move-${name}`));
      button.setAttribute("aria-describedby", text.id);
      button.dataset.step = String(step);
      button.append(icon(name));
      buttons.append(button);
    }
    row.append(buttons);
    letDrag(question, row, onMove);
  }
}

function moveRow(question: Question, row: HTMLElement, step: number, onMove: (announcement: string) => void): void {
  const rows = orderedRows(question);
  const place = rows.indexOf(row) + step;
  if (place < 0 || place >= rows.length) return;
  const focused = question.setting.root.activeElement as HTMLElement;
  if (step < 0) rows[place]!.before(row);
  else rows[place]!.after(row);
  focused.focus(); // a node that is moved in the document loses the focus
  moved(question, row, onMove);
}

function moved(question: Question, row: HTMLElement, onMove: (announcement: string) => void): void {
  markEnds(question);
  const rows = orderedRows(question);
  onMove(question.t("moved", { place: rows.indexOf(row) + 1, count: rows.length }));
}

// Dragging is an extra: everything can be done with the buttons. A row that is moved in the document loses the
// pointer, so it is the document that listens.
function letDrag(question: Question, row: HTMLElement, onMove: (announcement: string) => void): void {
  row.addEventListener("pointerdown", (down) => {
    const locked = question.work.settled !== undefined;
    if (locked || down.pointerType !== "mouse" || down.button !== 0 || (down.target as Element).closest("button")) return;
    down.preventDefault();
    row.classList.add("dragged");
    let changed = false;
    const follow = (move: PointerEvent): void => {
      const over = orderedRows(question).find((other) => {
        const box = other.getBoundingClientRect();
        return other !== row && move.clientY >= box.top && move.clientY <= box.bottom;
      });
      if (!over) return;
      const before = over.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (before) over.before(row);
      else over.after(row);
      changed = true;
    };
    const end = (): void => {
      row.classList.remove("dragged");
      for (const name of ["pointerup", "pointercancel"]) document.removeEventListener(name, end);
      document.removeEventListener("pointermove", follow);
      if (changed) moved(question, row, onMove);
    };
    document.addEventListener("pointermove", follow);
    for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, end);
  });
}

export function markEnds(question: Question): void {
  const rows = orderedRows(question);
  rows.forEach((row, place) => {
    const [up, down] = all<HTMLButtonElement>(row, ".movers button");
    if (!up || !down) return;
    setAvailable(up, place > 0);
    setAvailable(down, place < rows.length - 1);
  });
}

