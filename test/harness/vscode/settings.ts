/** User settings of a profile. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/** A workbench without welcome pages, hints, chat and background traffic, that saves when told, as the desktop does. */
export const quietSettings: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'window.confirmBeforeClose': 'never',
  'files.autoSave': 'off',
};

/** Writes a profile's user settings; `keep` leaves settings alone that are there already. */
export function writeSettings(profile: string, settings: Settings, keep = false): void {
  const file = path.join(profile, 'data/User/settings.json');
  if (keep && existsSync(file)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(settings, null, 2));
}
