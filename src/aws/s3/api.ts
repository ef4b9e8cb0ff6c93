/** Called as bytes have arrived, with the sum so far. */
export type UploadProgress = (sentBytes: number, totalBytes: number) => void;

/** An object, as it was when it was looked at. */
export interface ObjectFacts {
  readonly bytes: number;
  readonly eTag: string;
  /** Where the bucket keeps versions. */
  readonly versionId?: string;
  /** Of the whole object, in base64, where S3 has it. */
  readonly sha256?: string;
  /** Where it is not the default of the bucket's kind. */
  readonly encryption?: { readonly algorithm: string; readonly keyId?: string };
}

/** What must hold for an object to be replaced. */
export interface ReplaceGuard {
  /** The object as it was looked at; undefined where there was none. */
  readonly seen: ObjectFacts | undefined;
  /** Account that the bucket has to belong to. */
  readonly bucketOwner?: string;
}

export interface StoredVersion {
  readonly eTag: string;
  readonly versionId?: string;
}

/** Amazon S3. `location` is `s3://bucket/key`. All calls reject with UserError. */
export interface S3Api {
  ensureBucket(bucket: string, signal?: AbortSignal): Promise<void>;
  putObject(location: string, body: Uint8Array | string, signal?: AbortSignal): Promise<{ readonly eTag: string }>;
  /**
   * Sends a file of any size, large ones in parts with retries of their own. The object appears whole or not at all; an
   * abort removes what was sent.
   */
  uploadFile(
    location: string,
    path: string,
    onProgress?: UploadProgress,
    signal?: AbortSignal,
  ): Promise<{ readonly eTag: string }>;
  /**
   * Puts an object in the place of the one that was looked at, with a SHA-256 checksum and the encryption that it had.
   * Rejects with `conflict` where it is another one by now.
   */
  replaceObject(location: string, body: Uint8Array, guard: ReplaceGuard, signal?: AbortSignal): Promise<StoredVersion>;
  /** The same from a file of any size, in parts where it is large. */
  replaceWithFile(
    location: string,
    path: string,
    options: ReplaceGuard & { readonly onProgress?: UploadProgress },
    signal?: AbortSignal,
  ): Promise<StoredVersion>;
  /** Text of an object of at most 10 MiB; rejects with `limit-exceeded` beyond. */
  getText(location: string, signal?: AbortSignal): Promise<string>;
  headObject(location: string, signal?: AbortSignal): Promise<ObjectFacts | undefined>;
}
