import type { JsonFiles } from '../../core/base/jsonFiles.ts';
import type { DeployRecord } from '../../core/deploy/plan.ts';

const fileName = 'local-deploys';

/** What was deployed to this workspace's account on this machine, by any of its windows. */
export async function readLocalRecord(files: JsonFiles): Promise<DeployRecord> {
  const stored = await files.read(fileName);
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

export async function writeLocalRecord(files: JsonFiles, record: DeployRecord): Promise<void> {
  await files.write(fileName, record);
}
