import { debug, Uri, workspace, type TestItem, type TestRun, type WorkspaceFolder } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import {
  testProgram,
  toContainerPath,
  toHostPath,
  type TestEvent,
  type TestMode,
  type TestResult,
} from '../../core/glue/localRun/index.ts';
import { debugType } from '../debug/scriptDebugging.ts';
import type { TestContainers } from './testContainers.ts';
import { planTests, type TestParts, type TestSite } from './startTestContainer.ts';
import { toCoverage, type CoveredLines } from './testCoverage.ts';
import { toMessage } from './testMessage.ts';
import type { TestTree } from './testTree.ts';

export interface TestRunParts {
  readonly app: TestParts;
  readonly tree: TestTree;
  readonly containers: TestContainers;
  readonly coverage: CoveredLines;
}

/** What a run needs besides pytest, which the image has. */
const packagesOf: Readonly<Record<TestMode, readonly string[]>> = {
  run: [],
  debug: ['debugpy'],
  coverage: ['coverage'],
};

/** Runs the tests of a folder that `items` name, and tells the run of each. Rejects with UserError where none can run. */
export async function runFolderTests(
  parts: TestRunParts,
  {
    folder,
    items,
    mode,
    run,
  }: {
    readonly folder: WorkspaceFolder;
    readonly items: readonly TestItem[];
    readonly mode: TestMode;
    readonly run: TestRun;
  },
  signal: AbortSignal,
): Promise<void> {
  const { app, containers } = parts;
  if (!workspace.isTrusted) {
    const message = 'This folder is in Restricted Mode, so its tests do not run.';
    throw new UserError('untrusted-workspace', message, 'Trust it to go on.');
  }
  await Promise.all(
    workspace.textDocuments
      .filter(({ isDirty, uri }) => isDirty && workspace.getWorkspaceFolder(uri) === folder)
      .map(async (document) => await document.save()),
  );
  const site = await unlessAborted(planTests(app, folder, packagesOf[mode], signal), signal);
  const say = (line: string): void => run.appendOutput(`${line}\r\n`);
  for (const remark of site.remarks) say(remark);
  const telling = new Telling(parts, site, run);
  const code = await containers.use(
    site.key,
    async (startSignal) => await site.start(say, startSignal),
    async ({ container, debugPort }) => {
      const over = new AbortController();
      const all = AbortSignal.any([signal, over.signal]);
      const session = new DebugOfTests({ folder, site, run, port: debugPort }, () => over.abort());
      try {
        const command = ['python3', '-u', '-c', testProgram, mode, ...items.map((item) => selectorOf(item, site))];
        return await container.exec(
          command,
          (news) => {
            if (news.kind === 'output') telling.output(news.text);
            else if (news.kind === 'waiting') void session.start();
            else telling.take(news);
          },
          all,
        );
      } finally {
        session.dispose();
      }
    },
    signal,
  );
  telling.end(items, code, signal.aborted);
}

/** Questions to the user take no signal. */
async function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return await new Promise<T>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    answer.then(resolve, reject);
  });
}

/** `/home/hadoop/workspace/tests/test_a.py::TestA::test_b`, as pytest takes it. */
function selectorOf(item: TestItem, { mounts }: TestSite): string {
  const { uri } = item;
  const path = uri && toContainerPath(uri.fsPath, mounts);
  if (!uri || path === undefined) throw new UserError('not-found', `${item.label} is in no folder of the workspace.`);
  const names: string[] = [];
  for (let at = item; at.parent; at = at.parent) {
    // A test with parameters is below its function, whose name it has as well.
    if (!names[0]?.startsWith(`${nameOf(at)}[`)) names.unshift(nameOf(at));
  }
  return [path, ...names].join('::');
}

function nameOf({ id }: TestItem): string {
  const parameters = id.indexOf('[');
  return id.slice(id.lastIndexOf('::', parameters < 0 ? undefined : parameters) + 2);
}

/** Says in the Testing view what pytest says. */
class Telling {
  #current: TestItem | undefined;
  #unusable: string | undefined;
  readonly #told = new Set<string>();
  readonly #functions = new Map<string, { readonly item: TestItem; readonly results: TestResult[] }>();

  constructor(
    private readonly parts: TestRunParts,
    private readonly site: TestSite,
    private readonly run: TestRun,
  ) {}

  output(text: string): void {
    this.run.appendOutput(text.replace(/\r?\n/g, '\r\n'), undefined, this.#current);
  }

  take(event: TestEvent): void {
    const { tree, coverage } = this.parts;
    if (event.kind === 'unusable') this.#unusable = event.text;
    if (event.kind === 'unusable' || event.kind === 'waiting') return;
    const uri = this.#uriOf(event.path);
    if (!uri) return;
    switch (event.kind) {
      case 'found':
        tree.test(uri, event.names, event.line);
        break;
      case 'started':
        this.#current = tree.test(uri, event.names);
        this.run.started(this.#current);
        break;
      case 'ended': {
        const item = tree.test(uri, event.names);
        this.#current = undefined;
        this.#told.add(item.id);
        this.#countIn(item, event);
        const ms = event.seconds * 1_000;
        if (event.outcome === 'passed') this.run.passed(item, ms);
        else if (event.outcome === 'skipped') this.run.skipped(item);
        else {
          const message = toMessage(event, uri, (path) => this.#uriOf(path));
          if (event.outcome === 'failed') this.run.failed(item, message, ms);
          else this.run.errored(item, message, ms);
        }
        break;
      }
      case 'broken': {
        const item = tree.file(uri);
        this.#told.add(item.id);
        this.run.errored(
          item,
          toMessage({ text: event.text, frames: [] }, uri, () => undefined),
        );
        break;
      }
      case 'covered':
        this.run.addCoverage(toCoverage(uri, event, coverage));
    }
  }

  /** Rejects nothing: what was asked for and not heard of says why. */
  end(items: readonly TestItem[], code: number | undefined, isAborted: boolean): void {
    if (isAborted) return;
    for (const { item, results } of this.#functions.values()) {
      const ms = results.reduce((sum, { seconds }) => sum + seconds * 1_000, 0);
      const isBad = results.some(({ outcome }) => outcome === 'failed' || outcome === 'errored');
      if (isBad) this.run.failed(item, [], ms);
      else if (results.some(({ outcome }) => outcome === 'passed')) this.run.passed(item, ms);
      else this.run.skipped(item);
    }
    const failure =
      this.#unusable ??
      (code === undefined || code > 5 || code === 3 || code === 4
        ? `pytest did not come to an end (exit code ${code ?? 'none'}). Its output says why.`
        : undefined);
    for (const item of items) {
      for (const leaf of leavesOf(item)) {
        if (this.#told.has(leaf.id) || (leaf.parent && this.#told.has(leaf.parent.id))) continue;
        if (failure === undefined) this.run.skipped(leaf);
        else if (leaf.uri)
          this.run.errored(
            leaf,
            toMessage({ text: failure, frames: [] }, leaf.uri, () => undefined),
          );
      }
    }
  }

  /** A function that turned out to have parameters was waited for as well, and ended as they did. */
  #countIn({ id, parent }: TestItem, result: TestResult): void {
    if (!parent || !id.endsWith(']') || !id.startsWith(`${parent.id}::${nameOf(parent)}[`)) return;
    const known = this.#functions.get(parent.id) ?? { item: parent, results: [] };
    known.results.push(result);
    this.#functions.set(parent.id, known);
  }

  #uriOf(path: string): Uri | undefined {
    const host = toHostPath(path, this.site.mounts);
    return host === undefined ? undefined : Uri.file(host);
  }
}

export function leavesOf(item: TestItem): readonly TestItem[] {
  if (item.children.size === 0) return [item];
  return [...item.children].flatMap(([, child]) => leavesOf(child));
}

interface DebugTarget {
  readonly folder: WorkspaceFolder;
  readonly site: TestSite;
  readonly run: TestRun;
  readonly port: number;
}

/** The debug session of a test run. When the user ends it, `onEnd` ends the tests. */
class DebugOfTests {
  readonly #name = `Debug Tests ${Math.random().toString(36).slice(2, 8)}`;
  readonly #listener;

  constructor(
    private readonly target: DebugTarget,
    private readonly onEnd: () => void,
  ) {
    this.#listener = debug.onDidTerminateDebugSession(({ configuration }) => {
      if (configuration['sluiceTests'] === this.#name) onEnd();
    });
  }

  /** Never rejects. Tests that no debugger comes to would wait for ever. */
  async start(): Promise<void> {
    const { folder, site, run, port } = this.target;
    const hasStarted = await debug
      .startDebugging(
        folder,
        {
          type: debugType,
          request: 'attach',
          name: 'Debug Tests',
          connect: { host: '127.0.0.1', port },
          pathMappings: [{ localRoot: folder.uri.fsPath, remoteRoot: site.remoteFolder }],
          justMyCode: true,
          subProcess: false,
          sluiceTests: this.#name,
        },
        { testRun: run },
      )
      .then(undefined, () => false);
    if (hasStarted) return;
    run.appendOutput('The debugger could not be started.\r\n');
    this.onEnd();
  }

  dispose(): void {
    this.#listener.dispose();
  }
}
