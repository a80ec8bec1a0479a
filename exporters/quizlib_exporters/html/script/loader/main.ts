// Unpack the page's data and its script, and run it. Packed they are less than half as long, and a page is passed on
// as one file.
//
// The policy of the page names the hash of the script that is unpacked, so no other can come of it. Where a browser
// cannot unpack (before 2023), the page stays as it is without scripts: everything in it can be read.

const root = document.documentElement;
const byId = (id: string): HTMLElement => document.getElementById(id)!;

async function unpacked(element: HTMLElement): Promise<string> {
  const bytes = Uint8Array.from(atob(element.textContent!), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}

async function load(): Promise<void> {
  const [data, source] = await Promise.all([unpacked(byId("quiz-data")), unpacked(byId("quiz-script"))]);
  byId("quiz-data").textContent = data;
  const script = document.createElement("script");
  script.textContent = source;
  document.body.append(script); // runs here and now
  script.remove();
}

function giveWay(): void {
  if (root.dataset.view === "loading") delete root.dataset.view;
}

root.dataset.view = "loading"; // for a moment, so that what a script will put away is not seen first
load().then(giveWay, giveWay);
