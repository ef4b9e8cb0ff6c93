import {
  TestRunProfileKind,
  workspace,
  type CancellationToken,
  type FileCoverage,
  type FileCoverageDetail,
  type TestController,
  type TestItem,
  type TestRunRequest,
  type WorkspaceFolder,
} from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import { isAbort, toUserError } from '../../core/base/userError.ts';
import type { TestMode } from '../../core/glue/localRun/index.ts';
import { leavesOf, runFolderTests } from './runTests.ts';
import type { TestParts } from './startTestContainer.ts';
import { TestContainers } from './testContainers.ts';
import type { CoveredLines } from './testCoverage.ts';
import { TestTree } from './testTree.ts';

/** The tests of a window, from when they are first looked for. */
export class TestSession implements Disposable {
  readonly #tree: TestTree;
  readonly #containers = new TestContainers();
  readonly #coverage: CoveredLines = new WeakMap();

  constructor(
    private readonly controller: TestController,
    private readonly app: TestParts,
  ) {
    this.#tree = new TestTree(controller, app.settings, app.missedFiles);
  }

  async scan(): Promise<void> {
    await this.#tree.scan();
  }

  detailsOf(coverage: FileCoverage): FileCoverageDetail[] {
    return this.#coverage.get(coverage) ?? [];
  }

  /** Runs what was asked for, one folder after the other. Rejects with UserError where nothing could run. */
  async run(request: TestRunRequest, kind: TestRunProfileKind, token: CancellationToken): Promise<void> {
    const run = this.controller.createTestRun(request);
    const stop = new AbortController();
    const listener = token.onCancellationRequested(() => stop.abort());
    if (token.isCancellationRequested) stop.abort();
    const asked = request.include ?? [...this.controller.items].map(([, item]) => item);
    const items = without(asked, new Set(request.exclude ?? []));
    const leaves = items.flatMap((item) => leavesOf(item));
    for (const item of leaves) run.enqueued(item);
    try {
      for (const [folder, own] of byFolder(items)) {
        await runFolderTests(
          { app: this.app, tree: this.#tree, containers: this.#containers, coverage: this.#coverage },
          { folder, items: own, mode: modeOf(kind), run },
          stop.signal,
        );
      }
    } catch (error) {
      if (stop.signal.aborted) return;
      const { message, help } = toUserError(error);
      if (!isAbort(error)) run.appendOutput(`${message} ${help}\r\n`);
      for (const item of leaves) run.skipped(item);
      throw error;
    } finally {
      listener.dispose();
      run.end();
    }
  }

  dispose(): void {
    this.#containers.dispose();
    this.#tree.dispose();
  }
}

function modeOf(kind: TestRunProfileKind): TestMode {
  if (kind === TestRunProfileKind.Debug) return 'debug';
  return kind === TestRunProfileKind.Coverage ? 'coverage' : 'run';
}

/** The items but for those that are left out: of an item that holds one of them, its other children. */
function without(items: readonly TestItem[], excluded: ReadonlySet<TestItem>): readonly TestItem[] {
  if (excluded.size === 0) return items;
  return items.flatMap((item) => {
    if (excluded.has(item)) return [];
    const holds = leavesOf(item).some((leaf) => ancestry(leaf).some((each) => excluded.has(each)));
    return holds
      ? without(
          [...item.children].map(([, child]) => child),
          excluded,
        )
      : [item];
  });
}

function ancestry(item: TestItem): readonly TestItem[] {
  return item.parent ? [item, ...ancestry(item.parent)] : [item];
}

function byFolder(items: readonly TestItem[]): ReadonlyMap<WorkspaceFolder, readonly TestItem[]> {
  const folders = new Map<WorkspaceFolder, TestItem[]>();
  for (const item of items) {
    const folder = item.uri && workspace.getWorkspaceFolder(item.uri);
    if (folder) folders.set(folder, [...(folders.get(folder) ?? []), item]);
  }
  return folders;
}
