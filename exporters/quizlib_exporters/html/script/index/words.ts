// The words of the interface, as the page brings them along.

type Text = string | Readonly<Record<string, string>>;
type Values = Readonly<Record<string, string | number>>;

export class Words {
  readonly #texts: Readonly<Record<string, Text>>;
  readonly #rules: Intl.PluralRules;

  constructor(texts: Readonly<Record<string, Text>>, language: string) {
    this.#texts = texts;
    this.#rules = new Intl.PluralRules(language);
  }

  // A text; `count` among the values chooses its plural form.
  say(key: string, values: Values = {}): string {
    const text = this.#texts[key] ?? key;
    const form = typeof text === "string" ? text : (text[this.#rules.select(Number(values["count"] ?? 0))] ?? text["other"]);
    return (form ?? key).replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
  }
}
