// Blocks of code and tables: to be scrolled with the keyboard, and copied.

import { all, byId, makeButton, notify } from "./dom";
import { t } from "./words";

const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => adjust(target as HTMLElement)));

// A block that does not scroll is no landmark, and needs no place in the tab order.
export function adjustBlocks(root: ParentNode): void {
  for (const block of all(root, "pre.code, .scroll")) {
    block.dataset.name = block.getAttribute("aria-label") ?? "";
    observer.observe(block);
  }
  for (const listing of all(root, ".listing")) offerCopy(listing);
}

function adjust(block: HTMLElement): void {
  const scrolls = block.scrollWidth > block.clientWidth + 1;
  const wanted = { tabindex: "0", role: "region", "aria-label": block.dataset.name! };
  for (const [name, value] of Object.entries(wanted)) {
    if (scrolls) block.setAttribute(name, value);
    else block.removeAttribute(name);
  }
}

function offerCopy(listing: HTMLElement): void {
  const caption = listing.querySelector("figcaption");
  const block = listing.querySelector<HTMLElement>("pre.code");
  if (!navigator.clipboard || !caption || !block) return;
  const button = makeButton(t("copy"), "copy", () => void copyText(block.textContent!));
  button.setAttribute("aria-label", t("copy-block", { name: block.dataset.name! }));
  caption.append(button);
}

// Copy a text, and say so.
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(t("copied"));
  } catch {
    notify(t("copy-refused"));
  }
  byId("notice").scrollIntoView({ block: "nearest" });
}
