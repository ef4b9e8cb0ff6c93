import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { validate } from '../core/validate.ts';
import type { CheckArguments } from './arguments.ts';
import { emptyConfig, parseConfig, type CheckConfig } from './config.ts';
import { findDocuments, type FoundDocument } from './findDocuments.ts';
import { summarize, type CheckedDocument } from './checkedDocument.ts';
import { report } from './report.ts';

export interface CheckStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: (text: string) => void;
  readonly errors: (text: string) => void;
}

/** Runs `sluice check`; gives the exit code: 0 fine, 1 findings that fail, 2 could not run. */
export async function check(options: CheckArguments, { input, output, errors }: CheckStreams): Promise<0 | 1 | 2> {
  try {
    const config = await readConfig(options.config);
    const checked: CheckedDocument[] = [];
    for await (const { path, text } of documentsOf(options, config, input)) {
      const findings = validate(text, {
        fileName: path,
        severities: config.rules,
        readFile: (file) => readBeside(path, file),
      });
      checked.push({ path, text, findings });
    }
    output(report(checked, options.format));
    const { errors: count, warnings } = summarize(checked);
    return count > 0 || warnings > (options.maxWarnings ?? Infinity) ? 1 : 0;
  } catch (error) {
    errors(`sluice: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

/** The text of a file that a template names; null where there is none. */
function readBeside(path: string, file: string): string | null | undefined {
  try {
    return readFileSync(resolve(dirname(path), file), 'utf8');
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? null : undefined;
  }
}

async function* documentsOf(
  { paths, stdinFileName, skipsOthers }: CheckArguments,
  { exclude }: CheckConfig,
  input: NodeJS.ReadableStream,
): AsyncGenerator<FoundDocument> {
  if (paths.includes('-')) yield { path: stdinFileName, text: await readAll(input) };
  yield* findDocuments(
    paths.filter((path) => path !== '-'),
    { exclude, skipsOthers },
  );
}

/** The configuration that was named must be there; the one of the folder may be. */
async function readConfig(named: string | undefined): Promise<CheckConfig> {
  const path = named ?? 'sluice.json';
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (named === undefined) return emptyConfig;
    throw error;
  }
  try {
    return parseConfig(text);
  } catch (error) {
    throw new Error(`${path} cannot be used: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
  }
}
