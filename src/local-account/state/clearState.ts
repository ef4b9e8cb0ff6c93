import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What the services keep in the state folder. The endpoint, the process log and Python environments are not state. */
const serviceFolders = [
  'stepFunctions',
  'glue',
  'catalog',
  'events',
  'iam',
  'work',
  'logs',
  's3',
  's3-descriptions',
  's3-temporary',
  's3-uploads',
];

/** Removes all that the services keep; nobody may have the state open. A removal that was cut short can be repeated. */
export async function clearState(stateFolder: string): Promise<void> {
  for (const name of serviceFolders) await rm(join(stateFolder, name), { recursive: true, force: true });
}
