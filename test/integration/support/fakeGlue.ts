import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A Glue job run and its log, as the AWS API answers about them; everything else is unknown here. */
export class FakeGlue {
  readonly lines: string[] = [];
  state = 'RUNNING';
  errorMessage: string | undefined;
  readonly runId = 'jr_0123456789abcdef';
  readonly startedMs = Date.now();
  endedMs: number | undefined;
  #server: Server | undefined;

  /** Gives the endpoint's address: `https` with a key and a certificate (PEM), else `http`. */
  async start(tls?: { key: string; cert: string }): Promise<string> {
    const listener: RequestListener = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const target = request.headers['x-amz-target'];
        // STS speaks another protocol; who the caller is does not matter here.
        if (typeof target !== 'string') {
          response.writeHead(400).end();
          return;
        }
        const operation = target.split('.').at(-1) ?? '';
        const input = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>;
        const answer = this.#answer(operation, input);
        response.writeHead(answer ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify(answer ?? { __type: 'UnknownOperationException', message: operation }));
      });
    };
    this.#server = tls ? createTlsServer(tls, listener) : createServer(listener);
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    return `${tls ? 'https' : 'http'}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  end(state: string, errorMessage?: string): void {
    this.endedMs = Date.now();
    this.state = state;
    this.errorMessage = errorMessage;
  }

  #answer(operation: string, input: Record<string, unknown>): object | undefined {
    switch (operation) {
      case 'GetJob':
        return {
          Job: {
            Name: 'extract',
            Role: 'r',
            Command: { Name: 'glueetl', ScriptLocation: 's3://scripts/extract_orders.py' },
          },
        };
      case 'GetJobRun':
        return {
          JobRun: {
            ...{ Id: this.runId, Attempt: 0, JobName: 'extract', JobRunState: this.state, GlueVersion: '5.0' },
            ...{ WorkerType: 'G.1X', NumberOfWorkers: 2, StartedOn: this.startedMs / 1000, ExecutionTime: 3 },
            ...(this.endedMs === undefined ? {} : { CompletedOn: this.endedMs / 1000 }),
            ...(this.errorMessage === undefined ? {} : { ErrorMessage: this.errorMessage }),
          },
        };
      case 'DescribeLogStreams': {
        const isOutput = JSON.stringify(input).includes('/output"');
        return { logStreams: isOutput ? [{ logStreamName: `${this.runId}-driver` }] : [] };
      }
      case 'GetLogEvents': {
        const token = input['nextToken'];
        const from = typeof token === 'string' ? Number(/\d+$/.exec(token)?.[0] ?? 0) : 0;
        const events = this.lines.slice(from, from + 10_000);
        const at = this.startedMs + from;
        return {
          events: events.map((message, index) => ({ timestamp: at + index, message, ingestionTime: at + index })),
          nextForwardToken: `f/${from + events.length}`,
          nextBackwardToken: `b/${from}`,
        };
      }
      default:
        return undefined;
    }
  }
}
