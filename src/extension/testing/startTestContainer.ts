import { randomBytes } from 'node:crypto';
import type { WorkspaceFolder } from 'vscode';
import { planLocalRun, type MountedFolder } from '../../core/glue/localRun/index.ts';
import type { App } from '../app.ts';
import { freePort } from '../localRuns/freePort.ts';
import { prepareContainer } from '../localRuns/prepareContainer.ts';
import { readS3Folders } from '../localRuns/s3Folders.ts';
import { startPlannedContainer } from '../localRuns/startPlannedContainer.ts';
import { surroundingsOf } from '../localRuns/surroundings.ts';
import { testJob } from './testJob.ts';
import type { TestPlace } from './testContainers.ts';

export type TestParts = Pick<
  App,
  'settings' | 'connections' | 'jobIndex' | 'log' | 'localAccount' | 'missedFiles' | 'removeLeftovers' | 'stages'
>;

/** What the tests of a folder run in, before it is started. */
export interface TestSite {
  /** The same for the same container. */
  readonly key: string;
  readonly mounts: readonly MountedFolder[];
  /** The workspace folder as the container has it. */
  readonly remoteFolder: string;
  /** What is different from AWS, and which image it is. */
  readonly remarks: readonly string[];
  readonly start: (onProgress: (line: string) => void, signal: AbortSignal) => Promise<TestPlace>;
}

/** Finds image and engine for the tests of a folder; `packages` are installed beside the folder's own. Rejects with UserError. */
export async function planTests(
  app: TestParts,
  folder: WorkspaceFolder,
  packages: readonly string[],
  signal?: AbortSignal,
): Promise<TestSite> {
  const job = await testJob(app, folder);
  const { engine, image } = await prepareContainer(app, job, signal);
  void app.removeLeftovers(engine.program);
  const usesAws = app.settings.get('tests.useConnection', folder.uri);
  const surroundings = await surroundingsOf(app, { usesAws, name: 'tests' }, signal);
  const { ownerOf } = await import('../../processes/docker/ownerOf.ts');
  const owner = ownerOf(engine);
  const { reach, region, connectionId } = surroundings;
  const hostPort = await freePort();
  const runId = randomBytes(6).toString('hex');
  const plan = planLocalRun({
    job,
    stage: { kind: 'tests', hostPort, packages },
    image,
    folder: folder.uri.fsPath,
    script: '',
    scriptText: '',
    runId,
    region,
    reach,
    files: new Map(),
    mappings: await readS3Folders(app.settings.get('localRun.s3Folders', folder.uri), folder.uri.fsPath),
    env: {},
    ...(owner ? { owner } : {}),
  });
  const { mounts, env } = plan.container;
  const fixed = { ...env, SLUICE_RUN_ID: '' };
  return {
    key: JSON.stringify([image.reference, mounts, fixed, plan.layer?.pip, connectionId]),
    mounts,
    remoteFolder: `${image.home}/workspace`,
    remarks: [`Glue ${image.glueVersion} in ${image.reference}`, ...plan.warnings],
    start: async (onProgress, unwanted) => {
      const { log } = app;
      const container = await startPlannedContainer({ engine, plan, runId, surroundings, log }, onProgress, unwanted);
      return { container, debugPort: hostPort };
    },
  };
}
