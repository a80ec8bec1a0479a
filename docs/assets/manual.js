// What the theme leaves out: the name of its search, those of the buttons of code blocks, and tables that
// scroll sideways by keyboard.
document.querySelector(".md-search")?.setAttribute("aria-label", "Search");
addEventListener("load", () => {
  document.querySelectorAll(".md-code__nav").forEach((part, index) => {
    part.ariaLabel = `Code ${index + 1}`;
  });
  for (const table of document.querySelectorAll(".md-typeset__scrollwrap")) table.tabIndex = 0;
});
