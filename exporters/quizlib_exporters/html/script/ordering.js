// Putting rows in order with two buttons each.

function orderedRows(question) {
  return [...question.element.querySelectorAll(".orderable > li")];
}

function addOrderButtons(question, onMove) {
  for (const row of orderedRows(question)) {
    const text = row.querySelector(".content");
    const buttons = make("span", "movers");
    for (const [name, step] of [["up", -1], ["down", 1]]) {
      const button = makeButton("", "icon-button");
      button.id = `${text.id}-${name}`;
      button.setAttribute("aria-label", name === "up" ? "Move up" : "Move down");
      button.setAttribute("aria-describedby", text.id);
      button.dataset.step = step;
      button.append(icon(name));
      button.addEventListener("click", () => isAvailable(button) && moveRow(question, row, step, onMove));
      buttons.append(button);
    }
    row.append(buttons);
  }
}

function moveRow(question, row, step, onMove) {
  const rows = orderedRows(question);
  const place = rows.indexOf(row) + step;
  if (place < 0 || place >= rows.length) return;
  const focused = document.activeElement;
  if (step < 0) rows[place].before(row);
  else rows[place].after(row);
  focused.focus(); // a node that is moved in the document loses the focus
  markEnds(question);
  onMove(`Now number ${place + 1} of ${rows.length}.`);
}

function arrangeRows(question, order) {
  const list = question.element.querySelector(".orderable");
  const rows = new Map(orderedRows(question).map((row) => [Number(row.dataset.index), row]));
  for (const index of order) list.append(rows.get(index));
  markEnds(question);
}

function markEnds(question) {
  const rows = orderedRows(question);
  rows.forEach((row, place) => {
    const [up, down] = row.querySelectorAll("button");
    if (!up) return;
    setAvailable(up, place > 0);
    setAvailable(down, place < rows.length - 1);
  });
}

// A random order that is not the right one, where there is another.
function disorder(spec, random) {
  const right = spec.alike.map((_, index) => index);
  const isRight = (order) => order.every((index, place) => spec.alike[index] === spec.alike[place]);
  const order = shuffled(right, random);
  for (let turn = 1; turn < right.length && isRight(order); turn++) order.push(order.shift());
  return order;
}

// Options in a random order; those that are fixed keep their places.
function shuffleOptions(question, seed) {
  const { spec } = question;
  const rows = inputs(question, ".response > .option");
  const authored = [...rows].sort((one, other) => Number(one.dataset.index) - Number(other.dataset.index));
  if (spec.shuffle) {
    const random = randomFrom(seed + question.index);
    const loose = shuffled(authored.filter((_, index) => !spec.options[index].fixed), random);
    const order = authored.map((row, index) => (spec.options[index].fixed ? row : loose.shift()));
    question.element.querySelector(".response").append(...order);
  }
  inputs(question, ".response > .option").forEach((row, place) => {
    const letter = letterFor(place);
    row.querySelector(".letter").textContent = letter;
    for (const mention of document.querySelectorAll(`[data-letter-of="${question.id}-o${row.dataset.index}"]`)) {
      mention.textContent = letter;
    }
  });
}
