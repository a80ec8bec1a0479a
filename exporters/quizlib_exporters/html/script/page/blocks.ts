// Blocks of code and tables: to be scrolled with the keyboard, and copied.

import { all, makeButton } from "./dom";
import type { Setting } from "./setting";

const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => adjust(target as HTMLElement)));

// A block that does not scroll is no landmark, and needs no place in the tab order.
export function adjustBlocks(root: ParentNode, setting: Setting): void {
  for (const block of all(root, "pre.code, .scroll")) {
    block.dataset.name = block.getAttribute("aria-label") ?? "";
    observer.observe(block);
  }
  for (const listing of all(root, ".listing")) offerCopy(listing, setting);
}

function adjust(block: HTMLElement): void {
  const scrolls = block.scrollWidth > block.clientWidth + 1;
  const wanted = { tabindex: "0", role: "region", "aria-label": block.dataset.name! };
  for (const [name, value] of Object.entries(wanted)) {
    if (scrolls) block.setAttribute(name, value);
    else block.removeAttribute(name);
  }
}

function offerCopy(listing: HTMLElement, setting: Setting): void {
  const caption = listing.querySelector("figcaption");
  const block = listing.querySelector<HTMLElement>("pre.code");
  if (!navigator.clipboard || !caption || !block) return;
  const button = makeButton(setting.t("copy"), "copy", () => void copyText(block.textContent!, setting));
  button.setAttribute("aria-label", setting.t("copy-block", { name: block.dataset.name! }));
  caption.append(button);
}

// Copy a text, and say so.
export async function copyText(text: string, setting: Setting): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    setting.tell(setting.t("copied"));
  } catch {
    setting.tell(setting.t("copy-refused"));
  }
}
