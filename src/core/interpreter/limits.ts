/** Step Functions' own limits. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MAX_PAYLOAD_BYTES = 256 * 1024;
/** All variables of an execution together. */
export const MAX_VARIABLES_BYTES = 10 * 1024 * 1024;
export const MAX_HISTORY_EVENTS = 25_000;
export const MAX_EXPRESS_SECONDS = 300;
export const MAX_INLINE_CONCURRENCY = 40;
/** Children that a distributed Map runs side by side here; AWS's 10,000 would only cost memory on one machine. */
export const MAX_DISTRIBUTED_CONCURRENCY = 40;

const encoder = new TextEncoder();

/** Whether JSON text is larger than a payload may be, in UTF-8 bytes. */
export function isTooLarge(text: string): boolean {
  if (text.length * 3 <= MAX_PAYLOAD_BYTES) return false;
  return text.length > MAX_PAYLOAD_BYTES || encoder.encode(text).length > MAX_PAYLOAD_BYTES;
}
