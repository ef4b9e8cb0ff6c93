import { expect } from 'vitest';
import { DebugClient } from './debugClient.ts';

/** Attaches to debugpy, sets a breakpoint, gives what was to be seen there, and goes on to the end. */
export async function stopAtLine({
  port,
  folder,
  file,
  line,
  expression,
}: {
  readonly port: number;
  /** The workspace on this machine. */
  readonly folder: string;
  readonly file: string;
  readonly line: number;
  readonly expression: string;
}): Promise<{ readonly reason: unknown; readonly line: unknown; readonly value: unknown }> {
  const client = await DebugClient.connect(port);
  try {
    await client.request('initialize', { adapterID: 'sluice', pathFormat: 'path' });
    const attached = client.request('attach', {
      connect: { host: '127.0.0.1', port },
      pathMappings: [{ localRoot: folder, remoteRoot: '/home/hadoop/workspace' }],
      subProcess: false,
    });
    await client.event('initialized');
    await client.request('setBreakpoints', { source: { path: file }, breakpoints: [{ line }] });
    const stopped = client.event('stopped');
    await client.request('configurationDone', {});
    await attached;
    const { threadId, reason } = await stopped;
    const { stackFrames } = await client.request('stackTrace', { threadId });
    const [frame] = stackFrames as readonly { readonly id: number; readonly line: number; readonly source: object }[];
    const { result } = await client.request('evaluate', { expression, frameId: frame?.id });
    expect(frame?.source).toMatchObject({ path: file });
    await client.request('continue', { threadId });
    await client.event('terminated');
    return { reason, line: frame?.line, value: result };
  } finally {
    client.close();
  }
}
