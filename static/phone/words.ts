// The words of the page in three languages: the shell carries them all, so that no signal is needed to switch.
import type { Word } from "./keys";

export type Language = "ru" | "kk" | "en";
export const LANGUAGES: readonly Language[] = ["ru", "kk", "en"];

type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;
type Catalogue = Record<string, string | Forms>;
export type Catalogues = Record<Language, Catalogue>;

export type Values = Record<string, string | number>;

export class Words {
  readonly #plural: Intl.PluralRules;

  constructor(
    private readonly catalogues: Catalogues,
    readonly language: Language,
  ) {
    this.#plural = new Intl.PluralRules(language);
  }

  /** The word with its values; `n` chooses the plural form. */
  say(word: Word, values: Values = {}): string {
    const entry = this.catalogues[this.language][word] ?? word;
    const text = typeof entry === "string" ? entry : this.#form(entry, Number(values.n));
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  }

  #form(forms: Forms, n: number): string {
    return forms[this.#plural.select(n)] ?? forms.many ?? forms.other ?? forms.one ?? "";
  }

  /** A text of the campaign in the language of the page: Kazakh where it is chosen, else Russian. */
  text(texts: { ru: string; kk: string }): string {
    return (this.language === "kk" ? texts.kk : texts.ru) || texts.ru || texts.kk;
  }
}

export const raised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
export const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const CHOSEN = "dauys-language";

export function chosenLanguage(memory: Storage, first: string | undefined): Language {
  const wanted = [memory.getItem(CHOSEN), first, ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wanted.find((tag): tag is Language => LANGUAGES.includes(tag as Language)) ?? "ru";
}

export const chooseLanguage = (memory: Storage, language: Language): void => memory.setItem(CHOSEN, language);
