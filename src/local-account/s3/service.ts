import { join } from 'node:path';
import type { Clock } from '../../core/base/clock.ts';
import { AwsError, toAwsError } from '../http/awsError.ts';
import type { HttpCall } from '../http/call.ts';
import { replyS3Error } from '../http/s3Error.ts';
import { removeHalfWritten } from '../state/durableFile.ts';
import { bucketRoutes } from './bucketRoutes.ts';
import { MultipartUploads } from './multipart.ts';
import { multipartRoutes } from './multipartRoutes.ts';
import { objectRoutes } from './objectRoutes.ts';
import { ObjectStore } from './objectStore.ts';
import type { S3Call, S3Route, S3State } from './route.ts';
import { taggingRoutes } from './taggingRoutes.ts';

/** S3 over plain files: REST and XML, path-style addresses. */
export class S3Service {
  private constructor(private readonly state: S3State) {}

  static async open(stateFolder: string, clock: Clock): Promise<S3Service> {
    for (const name of ['s3-descriptions', 's3-uploads']) await removeHalfWritten(join(stateFolder, name));
    const objects = await ObjectStore.open(stateFolder);
    const uploads = new MultipartUploads(join(stateFolder, 's3-uploads'));
    await uploads.ensureFolder();
    return new S3Service({ objects, uploads, clock });
  }

  get objects(): ObjectStore {
    return this.state.objects;
  }

  /** Answers one request. Foreseen failures become S3 errors; the rest is thrown on after the reply. */
  async serve(call: HttpCall): Promise<void> {
    try {
      const route = pickRoute(call);
      await route.run(this.state, route.call);
    } catch (thrown) {
      const error = toAwsError(thrown);
      replyS3Error(call, error);
      if (error.status >= 500 && error.code === 'InternalFailure') throw thrown;
    }
  }
}

/** Query keys that turn a request into another operation, in the order in which they win. */
const subresources = [
  'uploads',
  'uploadId',
  'delete',
  'tagging',
  'location',
  'versioning',
  'versions',
  'attributes',
  ...['acl', 'cors', 'encryption', 'lifecycle', 'logging', 'notification', 'object-lock', 'ownershipControls'],
  ...['policy', 'policyStatus', 'publicAccessBlock', 'replication', 'requestPayment', 'website', 'accelerate'],
  ...['inventory', 'metrics', 'analytics', 'intelligent-tiering', 'legal-hold', 'retention', 'restore', 'select'],
];

/** What it answers, by method, level and subresource. */
export const s3Routes: Readonly<Record<string, S3Route>> = {
  ...bucketRoutes,
  ...objectRoutes,
  ...multipartRoutes,
  ...taggingRoutes,
};

function pickRoute(call: HttpCall): { readonly run: S3Route; readonly call: S3Call } {
  const method = call.request.method ?? '';
  const path = decodePath(call.path);
  const slash = path.indexOf('/', 1);
  const bucket = slash < 0 ? path.slice(1) : path.slice(1, slash);
  const key = slash < 0 ? '' : path.slice(slash + 1);
  const level = bucket === '' ? 'service' : key === '' ? 'bucket' : 'object';
  const subresource = subresources.find((name) => call.query.has(name)) ?? '';
  const name = `${method} ${level}${subresource && ` ${subresource}`}`;
  const run = Object.hasOwn(s3Routes, name) ? s3Routes[name] : undefined;
  if (!run) {
    const message = `The local account of Sluice does not know the S3 request "${name}".`;
    throw new AwsError('NotImplemented', message, 501);
  }
  return { run, call: { http: call, bucket, key } };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
  }
}
