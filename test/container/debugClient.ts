import { connect, type Socket } from 'node:net';

interface Message {
  readonly type: 'response' | 'event';
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly event?: string;
  readonly body?: Body;
}

type Body = Readonly<Record<string, unknown>>;

/** The part of the Debug Adapter Protocol that a test speaks. https://microsoft.github.io/debug-adapter-protocol */
export class DebugClient {
  #unread = Buffer.alloc(0);
  #count = 0;
  readonly #answers = new Map<number, (message: Message) => void>();
  readonly #events = new Map<string, Body>();
  readonly #awaited = new Map<string, (body: Body) => void>();

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', () => undefined);
  }

  static async connect(port: number): Promise<DebugClient> {
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new DebugClient(socket);
  }

  /** The body of the answer. Rejects where the adapter refuses. */
  async request(command: string, args: Body): Promise<Body> {
    this.#count += 1;
    const seq = this.#count;
    const text = JSON.stringify({ seq, type: 'request', command, arguments: args });
    const answer = new Promise<Message>((resolve) => this.#answers.set(seq, resolve));
    this.socket.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    const { success, message, body } = await answer;
    if (success !== true) throw new Error(`${command}: ${message ?? 'refused'}`);
    return body ?? {};
  }

  /** The body of the next event of this name, or of one that has come and was not asked for. */
  async event(name: string): Promise<Body> {
    const known = this.#events.get(name);
    this.#events.delete(name);
    return known ?? (await new Promise((resolve) => this.#awaited.set(name, resolve)));
  }

  close(): void {
    this.socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n\r\n/.exec(this.#unread.toString('latin1', 0, 100));
      const end = head ? head[0].length + Number(head[1]) : Infinity;
      if (!head || this.#unread.length < end) return;
      this.#take(JSON.parse(this.#unread.toString('utf8', head[0].length, end)) as Message);
      this.#unread = this.#unread.subarray(end);
    }
  }

  #take(message: Message): void {
    if (message.type === 'response') this.#answers.get(message.request_seq ?? 0)?.(message);
    if (message.type !== 'event' || message.event === undefined) return;
    const awaited = this.#awaited.get(message.event);
    this.#awaited.delete(message.event);
    if (awaited) awaited(message.body ?? {});
    else this.#events.set(message.event, message.body ?? {});
  }
}
