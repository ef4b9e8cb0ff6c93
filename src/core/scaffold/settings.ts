import { RECOMMENDED_VERSION } from '../glue/facts/versions.ts';
import type { JobPlan } from './scaffold.ts';

/** What a new job is given, by the names of the API: the smallest that runs, and an end for a run that hangs. */
export interface JobSettings {
  readonly command: 'glueetl' | 'pythonshell';
  readonly pythonVersion: '3' | '3.9';
  readonly glueVersion?: string;
  readonly workers?: { readonly type: 'G.1X'; readonly count: 2 };
  readonly maxCapacity?: 0.0625;
  readonly timeoutMinutes: number;
}

export function jobSettings({ kind }: JobPlan): JobSettings {
  return kind === 'spark'
    ? {
        command: 'glueetl',
        pythonVersion: '3',
        glueVersion: RECOMMENDED_VERSION,
        workers: { type: 'G.1X', count: 2 },
        timeoutMinutes: 60,
      }
    : { command: 'pythonshell', pythonVersion: '3.9', maxCapacity: 0.0625, timeoutMinutes: 60 };
}
