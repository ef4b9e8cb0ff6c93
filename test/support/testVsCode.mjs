import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from './chromium.mjs';
import { makeTestFolder } from './testFolder.mjs';
import { quietSettings, startVsCodeServer, writeUserSettings } from './vscodeServer.mjs';

/** See testVsCode.d.mts. */
export async function openTestVsCode(options) {
  const { SLUICE_E2E_DATA: template, SLUICE_E2E_PYTHON: python } = process.env;
  if (!template || !python) throw new Error('SLUICE_E2E_DATA is not set: start with npm run test:e2e.');
  const folder = makeTestFolder(`e2e-${options.name}`);
  cpSync(template, folder.data, { recursive: true });
  // The Python environment of jobs is made once, by the test that is first to want it.
  const storage = join(folder.data, 'data/User/globalStorage/sluice.sluice');
  mkdirSync(storage, { recursive: true });
  symlinkSync(python, join(storage, 'python'));
  // The colour scheme of the browser, which a test can switch without a click, decides on the theme.
  const themes = {
    'window.autoDetectColorScheme': true,
    'workbench.preferredDarkColorTheme': 'Dark Modern',
    'workbench.preferredLightColorTheme': 'Light Modern',
  };
  writeUserSettings(folder.data, { ...quietSettings, ...themes, ...options.settings });
  await options.prepare?.(folder);
  const { frontDoor } = options;
  const server = await startVsCodeServer({
    dataDir: folder.data,
    workspaceTrust: options.workspaceTrust ?? false,
    env: { ...folder.env, ...options.env, ...(frontDoor ? { VSCODE_PROXY_URI: frontDoor.portsUrl } : {}) },
    ...(frontDoor ? { basePath: '/codespaces/team' } : {}),
  });
  frontDoor?.leadTo(server.port);
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, colorScheme: 'dark' });
  const base = frontDoor ? `${frontDoor.url}${new URL(server.url).pathname}` : server.url;
  const url = `${base}/?folder=${encodeURIComponent(folder.workspace)}`;
  await page.goto(url);
  return {
    page,
    folder,
    url,
    close: async () => {
      await browser.close();
      await server.stop();
      folder.remove();
    },
  };
}
