// Light or dark: as the phone has it, unless its holder chose.
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const CHOSEN = "dauys-theme";

export function chosenTheme(memory: Storage): Theme {
  const kept = memory.getItem(CHOSEN);
  return THEMES.find((theme) => theme === kept) ?? "system";
}

export function chooseTheme(memory: Storage, theme: Theme): void {
  memory.setItem(CHOSEN, theme);
  showTheme(theme);
}

export function showTheme(theme: Theme): void {
  if (theme === "system") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.dataset.theme = theme;
}
