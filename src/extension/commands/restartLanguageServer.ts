import type { App } from '../app.ts';

/** Ends the language server and starts it anew, also after it was given up. */
export async function restartLanguageServer({ languageFeatures }: Pick<App, 'languageFeatures'>): Promise<void> {
  await languageFeatures.restart();
}
