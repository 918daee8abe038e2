/** Chromium for the tests: the machine's own, installed from Debian when it is missing and we may. */
import { existsSync, readdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { phase, run } from './process.ts';

const candidates = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--disable-component-update',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** Starts a headless Chromium, or a visible one when HEADED is set. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: await ensureChromium(),
    args: flags,
    headless: process.env['HEADED'] === undefined,
  });
}

/** The path of a Chromium or Chrome. Rejects with what to do when there is none and we cannot install it. */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found !== undefined && (process.platform !== 'linux' || hasFonts())) return found;
  const packages = [...(found === undefined ? ['chromium'] : []), ...(hasFonts() ? [] : ['fonts-dejavu-core'])];
  const hint = `Install ${packages.join(' and ')} (Debian: apt-get install ${packages.join(' ')}), or set CHROMIUM_PATH.`;
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new Error(`There is no Chromium with fonts. ${hint}`);

  await phase(`apt packages ${packages.join(', ')}`, async () => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env, show: 'on-failure' });
    const { code } = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env,
      show: 'on-failure',
    });
    if (code !== 0) throw new Error(`apt-get could not install. ${hint}`);
  });
  const installed = findChromium();
  if (installed === undefined) throw new Error(`apt-get installed no Chromium. ${hint}`);
  return installed;
}

function findChromium(): string | undefined {
  return candidates.find((file) => file !== undefined && existsSync(file));
}

/** Without any font Chromium draws no text; Debian's chromium brings none when recommended packages are left out. */
function hasFonts(): boolean {
  return ['/usr/share/fonts/truetype', '/usr/share/fonts/opentype', '/usr/share/fonts/TTF'].some(
    (folder) => existsSync(folder) && readdirSync(folder).length > 0,
  );
}
