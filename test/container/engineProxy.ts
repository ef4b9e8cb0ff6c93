import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A way to the engine that a test can cut, or leave open and mute. */
export class EngineProxy {
  readonly #folder = mkdtempSync(join(tmpdir(), 'sluice-engine-'));
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor(engineSocket: string) {
    this.#server = createServer({ allowHalfOpen: true }, (client) => {
      const engine = connect({ path: engineSocket, allowHalfOpen: true });
      client.pipe(engine).pipe(client);
      for (const socket of [client, engine]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => this.#sockets.delete(socket));
      }
    });
  }

  static async open(): Promise<EngineProxy> {
    const host = process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';
    const proxy = new EngineProxy(host.replace(/^unix:\/\//, ''));
    await new Promise<void>((resolve) => proxy.#server.listen(proxy.#path, resolve));
    return proxy;
  }

  get #path(): string {
    return join(this.#folder, 'docker.sock');
  }

  /** Points the engine's program here. */
  get host(): string {
    return `unix://${this.#path}`;
  }

  /** As when the engine is killed. */
  cut(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** As when the machine of the engine stands still: connections are taken, nothing is said. */
  mute(): void {
    this.#server.removeAllListeners('connection');
    this.#server.on('connection', (socket) => socket.on('error', () => undefined));
    for (const socket of this.#sockets) socket.unpipe().pause();
  }

  dispose(): void {
    this.cut();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
