// What was asked for, as the part of the address behind the `#`: a search can be kept, and sent to someone.

import type { Asked } from "./search.ts";

export function toFragment({ query, difficulty, tags }: Asked): string {
  const fields = new URLSearchParams();
  if (query.trim() !== "") fields.set("q", query.trim());
  if (difficulty !== "") fields.set("difficulty", difficulty);
  for (const tag of tags) fields.append("tag", tag);
  return fields.toString();
}

// What is not known here is left out: an address may be older than the site, or typed by hand.
export function fromFragment(fragment: string, difficulties: readonly string[], tags: readonly string[]): Asked {
  const fields = new URLSearchParams(fragment.replace(/^#/, ""));
  const difficulty = fields.get("difficulty") ?? "";
  return {
    query: fields.get("q") ?? "",
    difficulty: difficulties.includes(difficulty) ? difficulty : "",
    tags: [...new Set(fields.getAll("tag"))].filter((tag) => tags.includes(tag)),
  };
}
