import { partition } from '@aws-sdk/core/client';

/** Whether the SDK's own table lists this region. Newer regions than the SDK are unknown too, so only word it softly. */
export function isKnownRegion(region: string): boolean {
  return 'description' in partition(region);
}
