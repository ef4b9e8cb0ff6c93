import { existsSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import type { Finding } from '../core/language/rules/findings.ts';
import { parseInventory, type InventorySnapshot } from '../core/existence/inventory.ts';
import { oncePerFact } from '../core/existence/oncePerFact.ts';
import { missingNames, validate } from '../core/validate.ts';
import { Contracts } from '../core/workspace/contracts/contracts.ts';
import { stageNames } from '../core/workspace/stages.ts';
import type { CheckArguments } from './arguments.ts';
import { emptyConfig, parseConfig, type CheckConfig } from '../core/language/rules/config.ts';
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
    const inventory = options.inventory === undefined ? undefined : await readInventory(options.inventory);
    const found: FoundDocument[] = [];
    for await (const document of documentsOf(options, config, input)) found.push(document);
    const checked = checkAll(found, config, options).map((document) => withNames(document, inventory, config));
    output(report(checked, options.format));
    const { errors: count, warnings } = summarize(checked);
    return count > 0 || warnings > (options.maxWarnings ?? Infinity) ? 1 : 0;
  } catch (error) {
    errors(`sluice: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

/** What is wrong with each document, by itself and together with the others. */
function checkAll(
  found: readonly FoundDocument[],
  { rules, stageMap: config }: CheckConfig,
  { stage: chosen, paths }: Pick<CheckArguments, 'stage' | 'paths'>,
): CheckedDocument[] {
  const facts = new Map(found.flatMap((document) => (document.facts ? [[document.facts.path, document.facts]] : [])));
  // Where files are named one by one, others of the workspace may define what they name.
  const isPartial = !paths.every((path) => path !== '-' && statSync(path).isDirectory());
  const names = stageNames([...facts.values(), { path: '', stageMap: config, stages: [] }]);
  if (chosen !== undefined && !names.includes(chosen)) {
    throw new Error(`there is no stage "${chosen}"; the files have ${names.join(', ') || 'none'}.`);
  }
  const known = { facts, paths: new Set(facts.keys()), version: 0, isPartial, exists: existsSync };
  const contracts = new Contracts(known, undefined, { chosen, config });
  return found.map(({ path, text, isChecked, facts: own }) => {
    const readFileBeside = (file: string): string | null | undefined => readBeside(path, file);
    const alone = isChecked ? validate(text, { fileName: path, severities: rules, readFile: readFileBeside }) : [];
    const between = own ? contracts.findings(own.path, text, { severities: rules }) : [];
    return { path, text, findings: between.length === 0 ? alone : [...alone, ...between].sort(inOrder) };
  });
}

function inOrder({ range: { start: a } }: Finding, { range: { start: b } }: Finding): number {
  return a.line - b.line || a.character - b.character;
}

/** The document with what it names and the inventory has not. */
function withNames(
  document: CheckedDocument,
  inventory: InventorySnapshot | undefined,
  { rules }: Pick<CheckConfig, 'rules'>,
): CheckedDocument {
  const { path, text, findings } = document;
  const missing = inventory ? missingNames(text, inventory, { fileName: path, severities: rules }) : [];
  return missing.length === 0
    ? document
    : { path, text, findings: oncePerFact([...findings, ...missing].sort(inOrder)) };
}

async function readInventory(path: string): Promise<InventorySnapshot> {
  const text = await readFile(path, 'utf8');
  try {
    return parseInventory(text);
  } catch (error) {
    throw new Error(`${path} cannot be used: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
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
  if (paths.includes('-')) {
    yield { path: stdinFileName, text: await readAll(input), isChecked: true, facts: undefined };
  }
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
