import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import type { Clock } from '../../core/base/clock.ts';
import { parseJson } from '../../core/language/hosts/json.ts';
import { parseYaml } from '../../core/language/hosts/yaml.ts';
import { lambdaFunctionsOf, type LambdaFunction, type LambdaLanguage } from '../../core/workspace/lambdaFunctions.ts';
import type { Workspace } from '../workspace.ts';

/** A function whose source is on this machine. */
export interface LocalFunction {
  readonly name: string;
  readonly language: LambdaLanguage;
  /** Module and function, with dots, as the handler names them: `app.handler`. */
  readonly handler: string;
  readonly code:
    { readonly kind: 'folder'; readonly path: string } | { readonly kind: 'inline'; readonly text: string };
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Folder of the workspace that it was found in. */
  readonly folder: string;
}

interface FoundTemplate {
  readonly stamp: string;
  readonly functions: readonly LambdaFunction[];
}

const templateName = /\.(ya?ml|json|template)$/i;
const skipped: ReadonlySet<string> = new Set([
  'node_modules',
  'cdk.out',
  '__pycache__',
  'dist',
  'build',
  'data',
  'venv',
]);
const deepest = 4;
const largestTemplateBytes = 1024 * 1024;
const mostFiles = 500;
/** An execution with many tasks looks once. */
const keptMs = 2000;

/** Finds the functions that the workspace has the source of: in its templates, and in the setting for the others. */
export class FunctionSource {
  readonly #templates = new Map<string, FoundTemplate>();
  #looked: { readonly atMs: number; readonly functions: Promise<readonly LocalFunction[]> } | undefined;

  constructor(
    private readonly workspace: Workspace,
    private readonly clock: Clock,
  ) {}

  /**
   * The function that an ARN or a name means; undefined where the workspace has none. A name that CloudFormation made,
   * `<stack>-<logical id>-<random>`, means that logical id.
   */
  async find(nameOrArn: string): Promise<LocalFunction | undefined> {
    const name = functionName(nameOrArn);
    return (await this.#mapped(name)) ?? (await this.#fromTemplates()).find((each) => isNamed(each, name));
  }

  async #mapped(name: string): Promise<LocalFunction | undefined> {
    const { functions } = this.workspace.settings;
    const handler = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (handler === undefined) return undefined;
    const [, path = handler, entry = 'handler'] = /^(.*\.\w+):(\w+)$/.exec(handler) ?? [];
    const file = await this.workspace.find(path);
    if (file === undefined) return undefined;
    const extension = extname(file);
    return {
      name,
      language: extension === '.py' ? 'python' : 'node',
      handler: `${file.slice(dirname(file).length + 1, -extension.length)}.${entry}`,
      code: { kind: 'folder', path: dirname(file) },
      timeoutSeconds: 60,
      memoryMb: 128,
      environment: {},
      folder: dirname(file),
    };
  }

  async #fromTemplates(): Promise<readonly LocalFunction[]> {
    const now = this.clock.now();
    if (!this.#looked || Math.abs(now - this.#looked.atMs) > keptMs) {
      this.#looked = { atMs: now, functions: this.#look() };
    }
    return await this.#looked.functions;
  }

  async #look(): Promise<readonly LocalFunction[]> {
    const found: LocalFunction[] = [];
    for (const folder of this.workspace.settings.folders) {
      for (const path of await candidates(folder)) {
        for (const each of await this.#read(path)) {
          const { code, logicalId, name = logicalId, ...rest } = each;
          found.push({
            ...rest,
            name,
            folder,
            code: code.kind === 'inline' ? code : { kind: 'folder', path: resolve(dirname(path), code.path) },
          });
        }
      }
    }
    return found;
  }

  async #read(path: string): Promise<readonly LambdaFunction[]> {
    const { mtimeMs, size } = await stat(path).catch(() => ({ mtimeMs: 0, size: largestTemplateBytes + 1 }));
    if (size > largestTemplateBytes) return [];
    const stamp = `${mtimeMs} ${size}`;
    const known = this.#templates.get(path);
    if (known?.stamp === stamp) return known.functions;
    const text = await readFile(path, 'utf8').catch(() => '');
    const isTemplate = /AWS::(Serverless|Lambda)::Function/.test(text);
    const isJson = text.trimStart().startsWith('{');
    const functions = isTemplate ? lambdaFunctionsOf(isJson ? parseJson(text) : parseYaml(text)) : [];
    this.#templates.set(path, { stamp, functions });
    return functions;
  }
}

/** The name in a function's ARN, partial ARN or name with an alias. */
function functionName(nameOrArn: string): string {
  return /(?:^|:)function:([^:]+)/.exec(nameOrArn)?.[1] ?? /^[^:]*/.exec(nameOrArn)?.[0] ?? nameOrArn;
}

function isNamed({ name }: LocalFunction, wanted: string): boolean {
  if (name === wanted) return true;
  return /^.+-([A-Za-z0-9]+)-[A-Za-z0-9]{8,}$/.exec(wanted)?.[1] === name;
}

/** Files that may be templates, those nearer to the folder first. */
async function candidates(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  let level = [folder];
  for (let depth = 0; depth < deepest && level.length > 0 && files.length < mostFiles; depth += 1) {
    const next: string[] = [];
    for (const each of level) {
      const entries = await readdir(each, { withFileTypes: true }).catch(() => []);
      for (const entry of entries.slice(0, 1000)) {
        if (entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name)) {
          next.push(join(each, entry.name));
        } else if (entry.isFile() && templateName.test(entry.name) && entry.name !== 'package-lock.json') {
          files.push(join(each, entry.name));
        }
      }
    }
    level = next;
  }
  return files.slice(0, mostFiles);
}
