import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { ClientSettings } from '../calls/clientSettings.ts';

/** The calls of Amazon S3 that Sluice makes. */
export const s3Commands = {
  AbortMultipartUpload: AbortMultipartUploadCommand,
  CompleteMultipartUpload: CompleteMultipartUploadCommand,
  CreateBucket: CreateBucketCommand,
  CreateMultipartUpload: CreateMultipartUploadCommand,
  GetObject: GetObjectCommand,
  HeadBucket: HeadBucketCommand,
  HeadObject: HeadObjectCommand,
  ListBuckets: ListBucketsCommand,
  PutObject: PutObjectCommand,
  UploadPart: UploadPartCommand,
};

/**
 * Endpoints that stand in for S3 rarely have DNS names per bucket, and often know none of the newer checksums; AWS
 * itself redirects to the bucket's region.
 */
export function s3Client(settings: ClientSettings): S3Client {
  const custom = settings.endpoint !== undefined;
  return new S3Client({
    ...settings,
    forcePathStyle: custom,
    followRegionRedirects: !custom,
    ...(custom ? { requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' } : {}),
  });
}
