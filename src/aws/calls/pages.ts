/** Pages as they arrive: the first rows can be shown before the last page is asked for. */
export type Pages<T> = AsyncIterable<readonly T[]>;

/** Which page of a list, and how long. */
export interface PageRequest {
  readonly nextToken?: string;
  readonly pageSize: number;
}
