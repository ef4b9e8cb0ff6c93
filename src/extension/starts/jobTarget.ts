import type { Uri } from 'vscode';
import type { Account } from '../../aws/account.ts';
import type { GlueJob } from '../../aws/glue/api.ts';
import type { Connection } from '../../core/connections/connection.ts';
import type { GlueConfig } from '../../core/workspace/glueConfigs.ts';
import type { Connections } from '../../views/connections.ts';
import type { Pipelines } from '../../views/pipelines/loadPipelines.ts';
import { readFolderContent } from '../deploy/workspaceDeployables.ts';
import { listWorkspaceFiles } from '../workspace/workspaceFiles.ts';
import { activeConnection } from './machineTarget.ts';

/** What of a job decides how a run of it is started. */
export type JobFacts = Pick<
  GlueJob,
  'defaultArguments' | 'nonOverridableArguments' | 'kind' | 'workerType' | 'numberOfWorkers' | 'timeoutMinutes'
>;

/** A job that can be started; `file` is what it is deployed from on Local. */
export interface JobTarget {
  readonly connection: Connection;
  readonly name: string;
  readonly facts?: JobFacts;
  readonly file?: Uri;
}

/** The job that a tree row, or a code lens (`{jobName, file}`), names. */
export async function jobTargetOf(
  { pipelines, connections }: { readonly pipelines: Pipelines; readonly connections: Connections },
  target: unknown,
): Promise<JobTarget | undefined> {
  if (isJobLens(target)) {
    const connection = activeConnection(connections);
    const known = connection.kind === 'local' ? await findJobConfig(target.jobName) : undefined;
    return { connection, name: target.jobName, ...(known ?? {}) };
  }
  const node = pipelines.find(target);
  if (node?.kind !== 'item' || node.item.kind !== 'job') return undefined;
  const { job } = node.item;
  const config = node.connection.kind === 'local' ? await findJobConfig(job.name) : undefined;
  return { connection: node.connection, name: job.name, facts: job, ...(config ?? {}) };
}

/** Deployed jobs, and on Local those that the workspace would deploy. */
export async function listJobTargets(account: Account): Promise<readonly JobTarget[]> {
  const { connection } = account;
  const targets: JobTarget[] = [];
  for await (const page of account.glue.listJobs()) {
    targets.push(...page.map((job) => ({ connection, name: job.name, facts: job })));
  }
  if (connection.kind !== 'local') return targets;
  const configs = await listJobConfigs();
  const names = new Set(configs.map(({ name }) => name));
  return [
    ...configs.map(({ name, file, facts }) => ({ connection, name, file, facts })),
    ...targets.filter(({ name }) => !names.has(name)),
  ];
}

/** Reads what is needed of a job that is known by name only. Rejects with `not-found`. */
export async function jobFacts(account: Account, { facts, name }: JobTarget): Promise<JobFacts> {
  return facts ?? (await account.glue.getJob(name));
}

interface JobConfigFile {
  readonly name: string;
  readonly file: Uri;
  readonly facts: JobFacts;
}

async function findJobConfig(name: string): Promise<Pick<JobConfigFile, 'file' | 'facts'> | undefined> {
  const found = (await listJobConfigs()).find((config) => config.name === name);
  return found && { file: found.file, facts: found.facts };
}

async function listJobConfigs(): Promise<readonly JobConfigFile[]> {
  const folders = await Promise.all(
    (await listWorkspaceFiles()).map(async (files) => {
      const { configs } = await readFolderContent(files);
      return configs.flatMap((config) => {
        const file = files.uris.get(config.file);
        return config.kind === 'job' && file ? [{ name: config.name, file, facts: factsOf(config) }] : [];
      });
    }),
  );
  return folders.flat();
}

/** A config file's own words, as far as they are of the right type. */
function factsOf({ input }: GlueConfig): JobFacts {
  const { WorkerType: workerType, NumberOfWorkers: numberOfWorkers, Timeout: timeoutMinutes, Command: command } = input;
  const isShell =
    typeof command === 'object' && command !== null && 'Name' in command && command.Name === 'pythonshell';
  return {
    kind: isShell ? 'pythonShell' : 'spark',
    defaultArguments: toTexts(input['DefaultArguments']),
    nonOverridableArguments: toTexts(input['NonOverridableArguments']),
    ...(typeof workerType === 'string' ? { workerType } : {}),
    ...(typeof numberOfWorkers === 'number' ? { numberOfWorkers } : {}),
    ...(typeof timeoutMinutes === 'number' ? { timeoutMinutes } : {}),
  };
}

/** A map of texts as a config file gives it; numbers and flags as they are written. */
export function toTexts(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}

function isJobLens(target: unknown): target is { readonly jobName: string } {
  return typeof target === 'object' && target !== null && 'jobName' in target && typeof target.jobName === 'string';
}
