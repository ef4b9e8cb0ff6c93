import { join } from 'node:path';
import type { Log } from '../../core/base/log.ts';
import { Collection } from '../state/collection.ts';
import type { StateProblems } from '../state/stateProblems.ts';
import { ChildStore } from './childStore.ts';
import { HistoryStore } from './historyStore.ts';
import {
  isAliasRecord,
  isExecutionRecord,
  isMachineRecord,
  isMapRunRecord,
  isVersionRecord,
  type AliasRecord,
  type ExecutionRecord,
  type MachineRecord,
  type MapRunRecord,
  type VersionRecord,
} from './records.ts';

/** Everything that Step Functions keeps, by ARN. */
export interface SfnState {
  readonly machines: Collection<MachineRecord>;
  readonly versions: Collection<VersionRecord>;
  readonly aliases: Collection<AliasRecord>;
  readonly executions: Collection<ExecutionRecord>;
  readonly mapRuns: Collection<MapRunRecord>;
  readonly histories: HistoryStore;
  readonly children: ChildStore;
}

export async function openSfnState(folder: string, problems: StateProblems, log: Log): Promise<SfnState> {
  const open = async <T>(name: string, check: (value: unknown) => value is T): Promise<Collection<T>> =>
    await Collection.open({ folder: join(folder, name), check, problems });
  return {
    machines: await open('machines', isMachineRecord),
    versions: await open('versions', isVersionRecord),
    aliases: await open('aliases', isAliasRecord),
    executions: await open('executions', isExecutionRecord),
    mapRuns: await open('map-runs', isMapRunRecord),
    histories: new HistoryStore(join(folder, 'histories'), log),
    children: new ChildStore(join(folder, 'map-children'), log),
  };
}
