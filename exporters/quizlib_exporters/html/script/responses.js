// Reading what a learner has entered from the page, and writing it back after a reload.
//
// A question is {index, id, spec, element} and what the other files add to it.

const RESPONSES = {
  choice: {
    fields: (question) => inputs(question, ".response input"),
    read: (question) => {
      const chosen = RESPONSES.choice.fields(question).filter((input) => input.checked);
      return chosen.map((input) => Number(input.value));
    },
    write: (question, response) => {
      for (const input of RESPONSES.choice.fields(question)) {
        input.checked = response.includes(Number(input.value));
      }
    },
    empty: () => [],
  },
  entry: {
    fields: (question) => inputs(question, ".response input, .response textarea"),
    read: (question) => RESPONSES.entry.fields(question)[0].value,
    write: (question, response) => {
      RESPONSES.entry.fields(question)[0].value = response;
    },
    empty: () => "",
  },
  essay: {
    fields: (question) => inputs(question, ".response textarea"),
    read: (question) => ({
      text: RESPONSES.essay.fields(question)[0].value,
      marks: inputs(question, ".rubric input").map((input) => input.checked),
    }),
    write: (question, response) => {
      RESPONSES.essay.fields(question)[0].value = response.text;
      inputs(question, ".rubric input").forEach((input, row) => {
        input.checked = response.marks[row] === true;
      });
    },
    empty: (spec) => ({ text: spec.template, marks: [] }),
  },
  match: {
    fields: (question) => inputs(question, ".response select"),
    read: (question) =>
      RESPONSES.match.fields(question).map((select) => (select.value === "" ? null : Number(select.value))),
    write: (question, response) => {
      RESPONSES.match.fields(question).forEach((select, index) => {
        select.value = response[index] === null ? "" : String(response[index]);
      });
    },
    empty: (spec) => spec.pairs.map(() => null),
  },
  order: {
    fields: (question) => inputs(question, ".orderable button"),
    read: (question) => orderedRows(question).map((row) => Number(row.dataset.index)),
    write: (question, response) => arrangeRows(question, response),
    empty: (spec, random) => disorder(spec, random),
  },
  cloze: {
    fields: (question) => {
      const fields = inputs(question, "[data-gap]");
      return fields.sort((one, other) => Number(one.dataset.gap) - Number(other.dataset.gap));
    },
    read: (question) => RESPONSES.cloze.fields(question).map((field) => field.value),
    write: (question, response) => {
      RESPONSES.cloze.fields(question).forEach((field, index) => {
        field.value = response[index];
      });
    },
    empty: (spec) => spec.gaps.map(() => ""),
  },
};

function inputs(question, selector) {
  return [...question.element.querySelectorAll(selector)];
}

const fieldsOf = (question) => RESPONSES[question.spec.kind].fields(question);
const readResponse = (question) => RESPONSES[question.spec.kind].read(question);
const writeResponse = (question, response) => RESPONSES[question.spec.kind].write(question, response);

function emptyResponse(question, seed) {
  return RESPONSES[question.spec.kind].empty(question.spec, randomFrom(seed + question.index));
}

// Once checked, a response stays as it is, and its fields keep the focus.
function lockResponse(question, locked) {
  for (const field of fieldsOf(question)) {
    if (field.matches("textarea, input[type=text]")) field.readOnly = locked;
    else setAvailable(field, !locked);
  }
  if (question.spec.kind === "order" && !locked) markEnds(question);
}

function guardLocked(question) {
  const fieldset = question.element.querySelector("fieldset");
  fieldset.addEventListener("click", (event) => {
    const field = event.target.closest("input[type=radio], input[type=checkbox]");
    if (field && !isAvailable(field)) event.preventDefault();
  });
  fieldset.addEventListener("change", (event) => {
    if (event.target.matches("select") && !isAvailable(event.target)) {
      writeResponse(question, question.response);
    }
  });
}
