import { type Theme, webLightTheme } from "@fluentui/react-components";
import { useEffect, useState, useSyncExternalStore } from "react";
import { type ThemeChoice, usePreferences } from "./preferences";

export type ThemeName = Exclude<ThemeChoice, "system">;

const loaders: Record<ThemeName, () => Promise<Theme>> = {
  light: async () => webLightTheme,
  dark: async () => (await import("./otherThemes")).webDarkTheme,
  highContrast: async () => (await import("./otherThemes")).teamsHighContrastTheme,
};

const darkness = () => matchMedia("(prefers-color-scheme: dark)");

/** The theme for a choice; "system" follows the operating system's light or dark. */
export function resolveTheme(choice: ThemeChoice, prefersDark: boolean): ThemeName {
  if (choice !== "system") return choice;
  return prefersDark ? "dark" : "light";
}

export function loadTheme(choice: ThemeChoice): Promise<Theme> {
  return loaders[resolveTheme(choice, darkness().matches)]();
}

/** Starts with the theme loaded before the first paint; follows the choice and the system. */
export function useTheme(initial: Theme): Theme {
  const { theme: choice } = usePreferences();
  const prefersDark = useSyncExternalStore(onDarknessChange, () => darkness().matches);
  const [theme, setTheme] = useState(initial);
  useEffect(() => {
    let current = true;
    const name = resolveTheme(choice, prefersDark);
    document.documentElement.style.colorScheme = name === "light" ? "light" : "dark";
    loaders[name]().then((loaded) => current && setTheme(loaded));
    return () => {
      current = false;
    };
  }, [choice, prefersDark]);
  return theme;
}

function onDarknessChange(listener: () => void): () => void {
  const query = darkness();
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
