import type { Account } from '../../aws/account.ts';
import type { JsonFiles } from '../../core/base/jsonFiles.ts';

/** What was last applied to a resource from this machine. */
export interface Applied {
  /** Of a job: the members that the config had. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** ETags by location. */
  readonly objects?: Readonly<Record<string, string>>;
}

const fileName = 'deploys';

/** Remembers what was deployed, so that a field that was taken out since is told from one that others set. */
export class AppliedRecord {
  constructor(
    private readonly files: JsonFiles,
    private readonly key: string,
  ) {}

  async read(): Promise<Applied> {
    return parseApplied(toRecord(await this.files.read(fileName))[this.key]);
  }

  /** Adds to what is known. */
  async add({ input, objects }: Applied): Promise<void> {
    await this.files.update(fileName, (stored) => {
      const all = toRecord(stored);
      const before = parseApplied(all[this.key]);
      const after = { ...before, ...(input ? { input } : {}), objects: { ...before.objects, ...objects } };
      return { ...all, [this.key]: after };
    });
  }
}

function parseApplied(one: unknown): Applied {
  if (!isRecord(one)) return {};
  const { input, objects } = one;
  const eTags = isRecord(objects)
    ? Object.entries(objects).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    : [];
  return { ...(isRecord(input) ? { input } : {}), objects: Object.fromEntries(eTags) };
}

function toRecord(stored: unknown): Readonly<Record<string, unknown>> {
  return isRecord(stored) ? stored : {};
}

/** Where records are kept. */
export interface RecordPlaces {
  readonly files: JsonFiles;
  /** Of the account on this machine, which is not the same in every workspace. */
  readonly localFolder: { readonly records: JsonFiles };
}

/** The record of a resource of an account: by account and region, whichever profile leads there. */
export async function appliedRecordOf(
  { files, localFolder }: RecordPlaces,
  account: Account,
  resource: string,
  signal?: AbortSignal,
): Promise<AppliedRecord> {
  const { connection } = account;
  if (connection.kind === 'local') return new AppliedRecord(localFolder.records, `${connection.id}/${resource}`);
  const { accountId } = await account.identity(signal);
  return new AppliedRecord(files, `${accountId}/${connection.region}/${resource}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
