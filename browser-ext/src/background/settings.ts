// The settings while the background runs: read once, and again after they changed.
import { loadSettings, type Settings } from "../shared/settings.js";

let current: Promise<Settings> | null = null;

export const settings = (): Promise<Settings> => (current ??= loadSettings());

export const forgetSettings = () => {
  current = null;
};
