// The delivery JSON as far as the engine looks at it: docs/schemas/delivery.schema.json says all of it.
//
// A page leaves out the texts that it shows as HTML, and adds `alike` and `script_pattern`.

export interface Content {
  text: string;
  format: string;
}

export interface Option {
  id: string;
  fraction: number; // the share of the full marks, from -1 to 1
  correct: boolean;
  fixed?: boolean;
  content?: Content;
}

export interface ChoiceInteraction {
  kind: "choice";
  max_choices: 0 | 1; // 0: any number of them
  shuffle?: boolean;
  options: Option[];
}

export interface Accepted {
  text: string;
  fraction: number;
}

export interface TextEntryInteraction {
  kind: "text_entry";
  base_type: "text" | "number" | "output";
  case_sensitive: boolean;
  whitespace: Whitespace;
  decimal_comma?: boolean; // whether a comma divides decimals in the language of the bank
  accepted?: Accepted[];
  pattern?: string;
  script_pattern?: string | null; // `pattern` as ECMAScript has it; null where it cannot
  tolerance?: string;
}

// How much of the white space counts: no more than one blank; none at the end of a line or of the text; all of it.
export type Whitespace = "any" | "trailing" | "exact";

export interface ExtendedTextInteraction {
  kind: "extended_text";
  template?: string;
}

export interface Associable {
  id: string;
  content?: Content;
  alike?: string; // the id of the first entry that looks the same
}

export interface MatchInteraction {
  kind: "match";
  shuffle?: boolean;
  sources: Associable[];
  targets: Associable[];
  pairs: [source: string, target: string][];
}

export interface OrderInteraction {
  kind: "order";
  items: Associable[];
  order: string[];
}

export interface Gap {
  id: string;
  weight: number;
  interaction: ChoiceInteraction | TextEntryInteraction;
}

export interface InlineChoiceInteraction {
  kind: "inline_choice";
  gaps: Gap[];
}

export type Interaction =
  | ChoiceInteraction
  | TextEntryInteraction
  | ExtendedTextInteraction
  | MatchInteraction
  | OrderInteraction
  | InlineChoiceInteraction;

export type PartialCredit = "shares" | "parts" | "all_or_nothing" | "every_decision" | "neighbours";

export type Difficulty = "easy" | "medium" | "hard";
