import type { RunKey } from '../../../core/runs/model.ts';
import { parseConnectionId } from '../../../core/connections/connection.ts';
import { consoleUrl, type ConsolePage } from '../../../core/connections/consoleUrl.ts';
import { machineArnOfExecution } from '../../../core/runs/runTitle.ts';
import type { RunSnapshot } from '../../../core/runs/snapshot.ts';
import { baseName } from '../../../core/runs/traceback.ts';
import type { LinkTarget } from './presentLinks.ts';

/** The command that a link runs, its arguments, and what is shown when pointing at it. */
export interface ShownLink {
  readonly command: 'sluice.openRun' | 'sluice.openConsolePage' | 'sluice.openScriptLine';
  readonly args: readonly unknown[];
  readonly tooltip: string;
}

/** Where a link of a run's document leads; undefined where there is nothing to open. */
export function presentLinkTarget(
  target: LinkTarget,
  run: RunSnapshot,
  jobRunId: string | undefined,
): ShownLink | undefined {
  const { connectionId } = run.key;
  switch (target.kind) {
    case 'jobRun': {
      const job = [...run.jobs.values()].find(({ detail }) => detail.runId.startsWith(target.idStart));
      if (!job || (run.key.kind === 'jobRun' && job.detail.runId === run.key.id)) return undefined;
      const { jobName: resource, runId: id } = job.detail;
      return openRun({ connectionId, kind: 'jobRun', resource, id }, `Open the run of ${resource}`);
    }
    case 'arn': {
      const machine = /:(?:execution):/.test(target.arn) ? machineArnOfExecution(target.arn) : undefined;
      if (machine !== undefined) {
        if (target.arn === run.key.id) return undefined;
        return openRun({ connectionId, kind: 'execution', resource: machine, id: target.arn }, 'Open the run');
      }
      return consoleLink(run, { kind: 'arn', arn: target.arn });
    }
    case 's3':
      return consoleLink(run, { kind: 's3', location: target.location });
    case 'script': {
      const { originUri } = run;
      if (run.key.kind === 'localRun' && originUri !== undefined) {
        const args = [{ file: target.file, line: target.line, originUri }];
        return { command: 'sluice.openScriptLine', args, tooltip: `Go to line ${target.line}` };
      }
      const job = jobRunId === undefined ? undefined : run.jobs.get(jobRunId);
      const jobName = job?.detail.jobName ?? [...run.jobs.values()].at(-1)?.detail.jobName;
      if (target.file === '' && jobName === undefined) return undefined;
      return {
        command: 'sluice.openScriptLine',
        args: [{ file: baseName(target.file), line: target.line, jobName, connectionId }],
        tooltip: `Go to line ${target.line}`,
      };
    }
  }
}

function openRun(key: RunKey, tooltip: string): ShownLink {
  return { command: 'sluice.openRun', args: [key], tooltip };
}

/** What lies in the account on this machine has no page in the AWS console. */
function consoleLink(run: RunSnapshot, page: ConsolePage): ShownLink | undefined {
  const connection = parseConnectionId(run.key.connectionId);
  if (!connection || consoleUrl(connection, page) === undefined) return undefined;
  return { command: 'sluice.openConsolePage', args: [run.key.connectionId, page], tooltip: 'Open in the AWS console' };
}
