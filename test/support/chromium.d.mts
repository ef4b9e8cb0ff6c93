import type { Browser } from 'playwright-core';

/** Starts the Chromium that the suite's set-up installed, without a window. */
export function launchChromium(): Promise<Browser>;
