import {
  languages,
  RelativePattern,
  tests,
  TestRunProfileKind,
  workspace,
  type CancellationToken,
  type FileCoverage,
  type TestRunRequest,
  type TextDocument,
} from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { Boundary } from '../boundary.ts';
import type { TestParts } from './startTestContainer.ts';
import type { TestSession } from './testSession.ts';

/**
 * pytest in Glue's container, in the Testing view. Nothing is looked for before the view is shown or a test file is open,
 * and no container is started before a test is run.
 */
export function registerTesting(app: () => TestParts, boundary: Boundary): Disposable {
  const parts = new DisposableStore();
  const controller = parts.add(tests.createTestController('sluice', 'Glue (Sluice)'));
  let session: Promise<TestSession> | undefined;
  const open = async (): Promise<TestSession> => {
    session ??= import('./testSession.ts').then(({ TestSession: Session }) =>
      parts.add(new Session(controller, app())),
    );
    return await session;
  };
  const scan = async (): Promise<void> => {
    await boundary.run('Find Tests', async () => await (await open()).scan());
  };
  controller.refreshHandler = scan;
  controller.resolveHandler = async (item) => {
    if (!item) await scan();
  };
  const kinds = { Run: TestRunProfileKind.Run, Debug: TestRunProfileKind.Debug, Coverage: TestRunProfileKind.Coverage };
  for (const [word, kind] of Object.entries(kinds)) {
    const run = async (request: TestRunRequest, token: CancellationToken): Promise<void> => {
      await boundary.run(`${word} Tests`, async () => await (await open()).run(request, kind, token));
    };
    const label = `${word} in Glue Container`;
    const profile = parts.add(controller.createRunProfile(label, kind, run, true));
    if (kind === TestRunProfileKind.Coverage) {
      profile.loadDetailedCoverage = async (_run, coverage: FileCoverage) => (await open()).detailsOf(coverage);
    }
  }
  const opened = (document: TextDocument): void => {
    if (session || document.languageId !== 'python') return;
    const folder = workspace.getWorkspaceFolder(document.uri);
    if (!folder) return;
    const patterns = app().settings.get('tests.files', folder.uri);
    const isTest = patterns.some(
      (pattern) => languages.match({ pattern: new RelativePattern(folder, pattern) }, document) > 0,
    );
    if (isTest) void scan();
  };
  parts.add(workspace.onDidOpenTextDocument(opened));
  for (const document of workspace.textDocuments) opened(document);
  return parts;
}
