/** In the state folder: where the account listens and as whom it lets in. Readable by the user only. */
export const endpointFileName = 'endpoint.json';

/** In the state folder: held by the process that has the account open. */
export const lockFileName = 'process.lock';

export interface Endpoint {
  /** Of what the process and its clients say to each other. */
  readonly version: number;
  readonly port: number;
  readonly pid: number;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Reads the endpoint file; throws where it does not hold an endpoint. */
export function parseEndpoint(text: string): Endpoint {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null) {
    const { version, port, pid, accessKeyId, secretAccessKey } = value as Readonly<Record<string, unknown>>;
    const hasNumbers = typeof version === 'number' && typeof port === 'number' && typeof pid === 'number';
    if (hasNumbers && typeof accessKeyId === 'string' && accessKeyId !== '' && typeof secretAccessKey === 'string') {
      return { version, port, pid, accessKeyId, secretAccessKey };
    }
  }
  throw new Error('The endpoint file does not hold an endpoint.');
}
