import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Disposable } from '../../../core/base/disposable.ts';
import type { Log } from '../../../core/base/log.ts';
import { relayPorts } from '../../../core/glue/localRun/index.ts';
import { spawnPiped } from '../../pipedProcess.ts';
import { engineEnvironment, type EngineProgram } from '../engineProgram.ts';
import type { CredentialsServer } from './credentialsServer.ts';
import { RelayLink } from './relayLink.ts';
import { relayProgram } from './relayProgram.ts';

/** What a container reaches through its relay. */
export interface RelayServices {
  readonly credentials?: CredentialsServer;
  /** `http://127.0.0.1:<port>` of the Local connection, as it is at that moment. */
  readonly endpoint?: () => Promise<string>;
  readonly log: Log;
}

/** A way from a container to this machine that ends with the container. */
export interface Relay extends Disposable {
  /** Resolves when it is over, with what its program said last, where it failed. */
  readonly ended: Promise<string>;
}

/** How long its process may take to end; an engine that has gone without a word would keep it waiting. */
const endMs = 10_000;

/** What the relay does at its end, where it has nothing to carry: a Python more would take its time from Spark's start. */
const lifeline = 'cat > /dev/null; kill -s TERM 1; sleep 5; kill -s KILL -- -1';

/**
 * Gives a running container its relay: a process in the container whose stdin and stdout carry the connections, so that
 * neither the container nor this machine opens a port to anyone. Without services it only ends the container when the
 * editor has gone.
 */
export function openRelay(program: EngineProgram, container: string, services: RelayServices): Relay {
  const ports = [relayPorts.credentials, relayPorts.endpoint].map(String);
  const carries = services.credentials !== undefined || services.endpoint !== undefined;
  const command = carries ? ['python3', '-c', relayProgram, ...ports] : ['bash', '-c', lifeline];
  const child = spawnPiped({
    command: program.path,
    args: ['exec', '-i', container, ...command],
    env: engineEnvironment(program),
  });
  const link = new RelayLink(child.stdin, child.stdout, (port, connection) => {
    connection.on('error', (error) => services.log.debug(`Relay: ${error.message}`));
    if (port === 0 && services.credentials) services.credentials.server.emit('connection', connection);
    else if (port === 1 && services.endpoint) void toEndpoint(connection, services.endpoint, services.log);
    else connection.destroy();
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
  const ended = child.exit.then(
    (code) => {
      link.close();
      return code === 0 ? '' : said.trim();
    },
    (error: unknown) => {
      link.close();
      return error instanceof Error ? error.message : String(error);
    },
  );
  return {
    ended,
    dispose: () => {
      link.close();
      // Only the end of its stdin: killed before the engine has begun the process in the container, it would leave nobody
      // there to end the container.
      child.stdin.end();
      const late = setTimeout(() => child.kill(), endMs).unref();
      void ended.then(() => clearTimeout(late));
    },
  };
}

async function toEndpoint(connection: Duplex, endpoint: () => Promise<string>, log: Log): Promise<void> {
  try {
    const { hostname, port } = new URL(await endpoint());
    // Either side may end first while the other still has something to say.
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    connection.pipe(socket).pipe(connection);
    socket.once('error', () => connection.destroy());
    connection.once('close', () => socket.destroy());
  } catch (error) {
    log.warn(
      `Relay: the Local connection cannot be reached: ${error instanceof Error ? error.message : String(error)}`,
    );
    connection.destroy();
  }
}
