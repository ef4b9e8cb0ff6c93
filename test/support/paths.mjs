import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * What the set-up downloads and may keep: a VS Code, a Python environment, container images. `SLUICE_TEST_CACHE` lets
 * several work trees of one machine share it.
 */
export const cacheRoot = resolve(process.env.SLUICE_TEST_CACHE ?? join(projectRoot, '.vscode-test'));

/** What a test run leaves for people to look at: screenshots, logs. */
export const artifactsRoot = join(projectRoot, 'artifacts');
