// Waits for what quizlib says of the bank, and shows it beside the page. All texts go in as texts, never as markup.
"use strict";

const frame = document.getElementById("frame");
const findings = document.getElementById("findings");
const AGAIN = 2000; // milliseconds after which a server that is gone is asked again
let version = 0;
let shownPage = null;

function element(name, text = "", className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function show(state) {
  version = state.version;
  if (state.title) {
    document.title = `Preview of ${state.title}`;
    document.getElementById("heading").textContent = document.title;
  }
  say([...(state.summary ?? []), ...(state.checking ? ["The programs are being run …"] : [])]);
  list(state.findings ?? [], state.more ?? 0);
  if (state.page && state.page !== shownPage) load(state.page);
}

function load(page) {
  const isFirst = shownPage === null;
  shownPage = page;
  frame.hidden = false;
  document.getElementById("waiting").hidden = true;
  if (isFirst) frame.src = "page";
  else frame.contentWindow.location.reload(); // the question that is open stays open: it stands in the address
}

function say(lines) {
  const status = document.getElementById("status");
  const said = lines.join("\n");
  if (status.dataset.said === said) return;
  status.dataset.said = said;
  status.replaceChildren(...lines.map((line) => element("p", line)));
}

// Findings stand together by question, those of the bank itself first.
function list(found, more) {
  const ordered = [...grouped(found)].sort(([one], [other]) => (one === null ? 0 : 1) - (other === null ? 0 : 1));
  const top = findings.scrollTop;
  findings.replaceChildren(...ordered.map(([question, of]) => group(question, of)));
  if (more) findings.append(element("p", `and ${more} more`));
  findings.scrollTop = top;
  mark();
}

// What Map.groupBy does, which browsers of 2023 lack.
function grouped(found) {
  const groups = new Map();
  for (const one of found) groups.set(one.question, [...(groups.get(one.question) ?? []), one]);
  return groups;
}

function group(question, of) {
  const made = element("section");
  const { shown } = of[0];
  made.append(element("h2", question === null ? "The bank" : `Question ${question}`));
  const items = element("ul");
  items.append(...of.map(item));
  made.append(items);
  if (shown) {
    made.dataset.question = shown;
    const button = element("button", `Show ${question}`);
    button.type = "button";
    button.addEventListener("click", () => {
      frame.contentWindow.location.hash = `practice/${encodeURIComponent(shown)}`;
      frame.focus();
    });
    made.append(button);
  }
  return made;
}

function item(one) {
  const made = element("li");
  const message = element("p");
  message.append(element("span", `${one.severity} ${one.code}`, one.severity), ` ${one.message} (${one.rule})`);
  made.append(message, element("p", one.where, "where"));
  if (one.excerpt) made.append(element("code", one.excerpt));
  if (one.help) made.append(element("p", `help: ${one.help}`));
  return made;
}

// The findings of the question that is open are marked.
function mark() {
  const open = opened();
  for (const section of findings.querySelectorAll("section")) {
    const isOpen = open !== null && section.dataset.question === open;
    if (isOpen === "current" in section.dataset) continue;
    if (isOpen) {
      section.dataset.current = "";
      section.scrollIntoView({ block: "nearest" });
    } else delete section.dataset.current;
  }
}

function opened() {
  try {
    const [, name = null] = frame.contentWindow.location.hash.split("/");
    return name === null ? null : decodeURIComponent(name);
  } catch {
    return null;
  }
}

async function follow() {
  for (;;) {
    try {
      const answer = await fetch(`state?after=${version}`, { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.statusText);
      show(await answer.json());
    } catch {
      say(["The preview has ended. Start `quiz preview` again, and open the address that it prints."]);
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }
}

setInterval(mark, 400);
follow();
