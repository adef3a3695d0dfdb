import { i18n } from "@lingui/core";
import { tellChange } from "../api/changes";
import { preferences } from "./preferences";

export type Language = "en" | "da";

export const languages: Record<Language, string> = { en: "English", da: "Dansk" };

const catalogs = {
  en: () => import("../locales/en"),
  da: () => import("../locales/da"),
};

/** `?lang=` for this visit, else what the person has saved, else what the browser asks for, else English. */
export function chooseLanguage(search: string, saved: string | undefined, wanted: readonly string[]): Language {
  const candidates = [new URLSearchParams(search).get("lang"), saved, ...wanted];
  return candidates.map(supported).find((language) => language !== undefined) ?? "en";
}

export async function activateLanguage(language: Language): Promise<void> {
  const { messages } = await catalogs[language]();
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
}

/** Changes the language and remembers it for the person's next visit in this browser. */
export async function saveLanguage(language: Language): Promise<void> {
  await activateLanguage(language);
  preferences.set({ language });
  tellChange(); // what the server has said is in the other language
}

function supported(tag: string | null | undefined): Language | undefined {
  const primary = tag?.toLowerCase().split("-")[0];
  return primary === "en" || primary === "da" ? primary : undefined;
}
