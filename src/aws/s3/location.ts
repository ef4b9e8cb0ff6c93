import { UserError } from '../../core/base/userError.ts';

/** Bucket and key of `s3://bucket/key` (or `s3a`, `s3n`, as Spark writes them); throws `bad-input` for anything else. */
export function parseLocation(location: string): { readonly Bucket: string; readonly Key: string } {
  const [, bucket, key] = /^s3[an]?:\/\/([^/]+)\/(.+)$/s.exec(location) ?? [];
  if (bucket && key) return { Bucket: bucket, Key: key };
  throw new UserError('bad-input', `"${location}" is no S3 location.`, 'Write it as s3://bucket/key.');
}
