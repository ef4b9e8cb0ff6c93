import { createHash } from 'node:crypto';
import type { Account } from '../../aws/account.ts';
import type { ObjectFacts, ReplaceGuard, StoredVersion } from '../../aws/s3/api.ts';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import { bucketOf } from '../../core/deploy/plan.ts';
import type { PlannedCall, PlanPorts } from './deployPlan.ts';

/** A file, or an archive of several, that belongs to a location in S3. */
export interface UploadSource {
  readonly location: string;
  /** As messages name it. */
  readonly label: string;
  readonly read: () => Promise<Uint8Array>;
  /** Where it is a file on this machine, which is then sent from there in parts. */
  readonly path?: string;
  /** Whether its text can be shown beside the one in S3. */
  readonly isText: boolean;
}

export interface UploadPlan {
  readonly calls: readonly PlannedCall[];
  readonly notes: readonly string[];
}

const shownBytes = 2 * 1024 * 1024;
/** What is larger goes in parts. */
const singleBytes = 16 * 1024 * 1024;

/** Uploads of those sources that are not what S3 has. Nothing is sent yet. */
export async function planUploads(
  account: Account,
  sources: readonly UploadSource[],
  ports: PlanPorts,
  signal: AbortSignal,
): Promise<UploadPlan> {
  const { objects = {} } = await ports.record.read();
  const plans = await Promise.all(
    sources.map(
      async (source) => await planUpload(account, source, { ...ports, lastETag: objects[source.location] }, signal),
    ),
  );
  return { calls: plans.flatMap(({ calls }) => calls), notes: plans.flatMap(({ notes }) => notes) };
}

async function planUpload(
  account: Account,
  source: UploadSource,
  { record, confirm, lastETag }: PlanPorts & { readonly lastETag: string | undefined },
  signal: AbortSignal,
): Promise<UploadPlan> {
  const { location, label, isText } = source;
  const { s3 } = account;
  const body = await source.read();
  const seen = await s3.headObject(location, signal);
  const isShown = isText && Math.max(body.length, seen?.bytes ?? 0) <= shownBytes;
  const before = seen && isShown ? await s3.getText(location, signal) : '';
  const after = isShown ? new TextDecoder().decode(body) : '';
  if (seen && isSame(body, seen, isShown ? { before, after } : undefined)) return { calls: [], notes: [] };
  const name = location.split('/').at(-1) ?? location;
  const call: PlannedCall = {
    label: `Upload ${label}`,
    action: 's3:PutObject',
    detail: `${location}, ${sizeText(body.length)}${seen ? '' : ', new'}`,
    ...(isShown ? { diff: { name, before, after } } : {}),
    run: async (taskSignal, report) => {
      const onProgress = (sent: number, total: number): void =>
        report(`${label}: ${Math.round((100 * sent) / Math.max(total, 1))} %`);
      const stored = await upload(account, { source, body, seen, confirm, onProgress }, taskSignal);
      await record.add({ objects: { [location]: stored.eTag } });
      return `${label} uploaded${stored.versionId === undefined ? '' : ` (version ${stored.versionId})`}`;
    },
  };
  const isForeign = seen !== undefined && lastETag !== undefined && seen.eTag !== lastETag;
  const note = `${location} was changed by somebody else since you last uploaded it.`;
  return { calls: [call], notes: isForeign ? [note] : [] };
}

function isSame(
  body: Uint8Array,
  seen: ObjectFacts,
  texts: { readonly before: string; readonly after: string } | undefined,
): boolean {
  if (texts) return texts.before === texts.after;
  return seen.bytes === body.length && seen.sha256 === createHash('sha256').update(body).digest('base64');
}

interface Upload {
  readonly source: UploadSource;
  readonly body: Uint8Array;
  readonly seen: ObjectFacts | undefined;
  readonly confirm: PlanPorts['confirm'];
  readonly onProgress: (sentBytes: number, totalBytes: number) => void;
}

/** Sends to a bucket of the account itself; where S3 refuses that, the user says whether the bucket may be another's. */
async function upload(
  account: Account,
  { source, body, seen, confirm, onProgress }: Upload,
  signal: AbortSignal,
): Promise<StoredVersion> {
  const { connection, s3 } = account;
  const { location, path } = source;
  const put = async (guard: ReplaceGuard): Promise<StoredVersion> =>
    path !== undefined && body.length > singleBytes
      ? await s3.replaceWithFile(location, path, { ...guard, onProgress }, signal)
      : await s3.replaceObject(location, body, guard, signal);
  if (connection.kind === 'local') {
    await s3.ensureBucket(bucketOf(location), signal);
    return await put({ seen });
  }
  const { accountId } = await account.identity(signal);
  try {
    return await put({ seen, bucketOwner: accountId });
  } catch (error) {
    if (!(error instanceof UserError && error.code === 'access-denied')) throw error;
    const question = `S3 refuses the upload to ${bucketOf(location)}.`;
    const detail = `Either ${connectionLabel(connection)} may not write there, or the bucket belongs to another account than ${accountId}. Upload to a bucket of another account only if you know whose it is.`;
    if (!(await confirm(question, detail, 'Upload to Another Account'))) throw error;
    return await put({ seen });
  }
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
