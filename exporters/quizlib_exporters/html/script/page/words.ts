// The words of the interface, from the catalogue of its language.

import { data } from "./data";
import type { Shown } from "./dom";
import { DIGITS, speechIn } from "./speech";

export const t = speechIn(data.language, data.words);

export const wordFor = (state: Shown): string => t(`state-${state}`);

// A span of time as people say it: in 10 minutes, in 3 days; in short it may end with the full stop of an abbreviation.
export function inTime(milliseconds: number, style: "long" | "short" = "long"): string {
  const format = new Intl.RelativeTimeFormat(data.language, { ...DIGITS, numeric: "always", style });
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  if (minutes < 60) return format.format(minutes, "minute");
  if (minutes < 60 * 24) return format.format(Math.round(minutes / 60), "hour");
  const days = Math.round(minutes / (60 * 24));
  if (days < 60) return format.format(days, "day");
  return days < 730 ? format.format(Math.round(days / 30), "month") : format.format(Math.round(days / 365), "year");
}
