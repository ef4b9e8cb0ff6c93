import { hasPlaceholder } from '../../core/language/placeholders.ts';
import { localJobKind, type LocalJob } from '../../core/glue/localRun/index.ts';
import { baseName } from '../../core/runs/traceback.ts';
import type { HostedJob } from '../../core/workspace/hosted.ts';
import type { App } from '../app.ts';
import { withProgress } from '../prompts/progress.ts';
import { listFolderFiles } from '../workspace/workspaceFiles.ts';
import type { LocalScript } from './localRunPlace.ts';

/** A job of a template, a program or a Terraform file, as a run on this machine takes it. */
export interface KnownHostedJob {
  readonly name: string;
  readonly kind: LocalJob['kind'];
  readonly glueVersion?: string;
  readonly timeoutMinutes?: number;
  /** With placeholders for what is filled in when the tool deploys. */
  readonly defaultArguments: Readonly<Record<string, string>>;
  readonly nonOverridableArguments: Readonly<Record<string, string>>;
}

/** The jobs that templates, programs and Terraform files of the script's folder describe for it. */
export async function hostedJobs(
  { hosts }: Pick<App, 'hosts'>,
  script: LocalScript,
): Promise<readonly KnownHostedJob[]> {
  const name = baseName(script.path);
  return await withProgress(`Looking for the job of ${name} in the workspace`, async () => {
    const { hostedJobsOfScript } = await import('../../core/workspace/hosted.ts');
    const { uris } = await listFolderFiles(script.folder);
    const sameName = [...uris.keys()].filter((path) => baseName(path) === name);
    const folder = script.folder.uri.toString();
    const ofFolder = (await hosts.all()).filter((host) => host.folder.uri.toString() === folder);
    return ofFolder
      .flatMap((host) => hostedJobsOfScript(host, host.path, { script: script.path, sameName }))
      .map((job) => toKnown(job, name.replace(/\.py$/, '')));
  });
}

function toKnown({ name, address, run }: HostedJob, fallback: string): KnownHostedJob {
  const { commandName, glueVersion, timeoutMinutes, defaultArguments, nonOverridableArguments } = run;
  const own = name !== undefined && name !== '' && !hasPlaceholder(name) ? name : address?.split(/[.#]/).at(-1);
  return {
    name: own ?? fallback,
    kind: localJobKind(commandName),
    ...(glueVersion === undefined ? {} : { glueVersion }),
    ...(timeoutMinutes === undefined || timeoutMinutes <= 0 ? {} : { timeoutMinutes }),
    defaultArguments,
    nonOverridableArguments,
  };
}
