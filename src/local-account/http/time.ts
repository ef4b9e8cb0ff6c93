/** Milliseconds as AWS JSON writes a timestamp: seconds since the epoch, with a fraction. */
export function seconds(ms: number): number;
export function seconds(ms: number | undefined): number | undefined;
export function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}
