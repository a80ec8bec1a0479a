// Blocks of code and tables: to be scrolled with the keyboard, and copied.

import { byId, makeButton } from "./tools.ts";

// A block that does not scroll is no landmark, and needs no place in the tab order.
export function quietShortBlocks(): void {
  const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => adjustBlock(target as HTMLElement)));
  for (const block of document.querySelectorAll<HTMLElement>("pre.code, .scroll")) {
    block.dataset.name = block.getAttribute("aria-label")!;
    observer.observe(block);
  }
}

function adjustBlock(block: HTMLElement): void {
  const scrolls = block.scrollWidth > block.clientWidth + 1;
  const wanted = { tabindex: "0", role: "region", "aria-label": block.dataset.name! };
  for (const [name, value] of Object.entries(wanted)) {
    if (scrolls) block.setAttribute(name, value);
    else block.removeAttribute(name);
  }
}

export function offerCopies(): void {
  if (!navigator.clipboard) return;
  for (const listing of document.querySelectorAll(".listing")) {
    const block = listing.querySelector<HTMLElement>("pre.code")!;
    const button = makeButton("Copy", "copy");
    button.setAttribute("aria-label", `Copy: ${block.dataset.name}`);
    button.addEventListener("click", () => copyText(button, block.textContent!));
    listing.querySelector("figcaption")!.append(button);
  }
}

async function copyText(button: HTMLElement, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
    button.removeAttribute("aria-label");
    byId("notice").textContent = "Copied.";
  } catch {
    byId("notice").textContent = "The browser refused to copy.";
  }
}
