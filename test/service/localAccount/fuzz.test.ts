import { execFileSync } from 'node:child_process';
import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython } from '../../../src/processes/python/interpreter.ts';
import { ensureVirtualEnvironment } from '../../../src/processes/python/virtualEnvironment.ts';
import { accessKeyId, pythonCache, startTestAccount, type TestAccount } from './account.ts';

// Whatever is sent ends in a reply that blames the request, never in a crash: every operation of botocore's models gets
// members of wrong and right types, and S3 gets odd methods, paths, queries and headers.

interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly enum?: readonly string[];
}

interface ModelOperation {
  readonly input?: { readonly shape: string };
  readonly output?: { readonly shape: string };
  readonly errors?: readonly { readonly shape: string }[];
}

interface Model {
  readonly metadata: { readonly targetPrefix: string; readonly jsonVersion: string };
  readonly operations: Readonly<Record<string, ModelOperation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

let account: TestAccount;
let models: readonly Model[];

beforeAll(async () => {
  account = await startTestAccount();
  const { python } = await ensureVirtualEnvironment({
    python: await findPython(process.env),
    folder: pythonCache,
    installs: [['boto3', 'awscli']],
    modules: {},
    env: process.env,
    onProgress: () => undefined,
  });
  const load =
    'import botocore.session, json; l = botocore.session.get_session().get_component("data_loader"); ' +
    'print(json.dumps([l.load_service_model(n, "service-2") for n in ("glue", "stepfunctions", "logs", "events")]))';
  models = JSON.parse(execFileSync(python, ['-c', load], { maxBuffer: 2 ** 28, encoding: 'utf8' })) as Model[];
}, 180_000);
afterAll(async () => {
  await account.dispose();
});

/** Numbers that look random and are the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const odd: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  1e300,
  true,
  [],
  {},
  [null],
  [[]],
  { '': {} },
  'a'.repeat(5000),
  '\u0000',
  '../../etc/passwd',
  '{{',
  'cron(',
  '${x}',
  '[*.+',
  'arn:aws:states:::x',
  { toString: 1 },
  { __proto__x: 1 },
  2 ** 53,
  '%',
  ' ',
  '🦆',
];

interface Wild {
  readonly random: () => number;
  readonly wildness: number;
}

/** A value of a shape; the wilder, the more often something else. */
function valueOf(model: Model, name: string, given: Wild, depth = 0): unknown {
  const { random, wildness } = given;
  const pick = (values: readonly unknown[]): unknown => values[Math.floor(random() * values.length)];
  const shape = model.shapes[name];
  if (!shape || depth > 5 || random() < wildness) return pick(odd);
  const inner = (shapeName: string): unknown => valueOf(model, shapeName, given, depth + 1);
  switch (shape.type) {
    case 'structure':
      return Object.fromEntries(
        Object.entries(shape.members ?? {}).flatMap(([member, { shape: of }]) =>
          random() < 0.7 ? [[member, inner(of)]] : [],
        ),
      );
    case 'list':
      return [inner(shape.member?.shape ?? ''), inner(shape.member?.shape ?? '')];
    case 'map':
      return { key: 'value' };
    case 'string':
      return pick(
        shape.enum ?? ['x', 'name', '{}', '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}', 'rate(1 day)'],
      );
    case 'boolean':
      return random() < 0.5;
    case 'timestamp':
      return 1_700_000_000;
    default:
      return pick([0, 1, 5, 100]);
  }
}

const authorization = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

async function send(model: Model, operation: string, body: string): Promise<{ status: number; text: string }> {
  const reply = await fetch(account.client.endpoint, {
    method: 'POST',
    body,
    headers: {
      'content-type': `application/x-amz-json-${model.metadata.jsonVersion}`,
      'x-amz-target': `${model.metadata.targetPrefix}.${operation}`,
      authorization: authorization('x'),
    },
    signal: AbortSignal.timeout(30_000),
  });
  return { status: reply.status, text: await reply.text() };
}

const jsonTypes: Readonly<Record<string, string>> = { string: 'string', blob: 'string', boolean: 'boolean' };

/** Where a reply is not of the shape that the model says; empty where it is. */
function misfits(model: Model, name: string, value: unknown, path: string): readonly string[] {
  const shape = model.shapes[name];
  if (!shape || value === null || value === undefined) return [];
  const wrong = [`${path} is ${JSON.stringify(value).slice(0, 100)}, not ${shape.type}`];
  if (shape.type === 'list') {
    if (!Array.isArray(value)) return wrong;
    return value.flatMap((item, at) => misfits(model, shape.member?.shape ?? '', item, `${path}[${at}]`));
  }
  if (shape.type === 'structure' || shape.type === 'map') {
    if (typeof value !== 'object' || Array.isArray(value)) return wrong;
    return Object.entries(value).flatMap(([member, inner]) => {
      const of = shape.type === 'map' ? shape.value : shape.members?.[member];
      return of ? misfits(model, of.shape, inner, `${path}.${member}`) : [`${path}.${member} is not in the model`];
    });
  }
  if (typeof value !== (jsonTypes[shape.type] ?? 'number')) return wrong;
  const isOther = shape.enum && typeof value === 'string' && !shape.enum.includes(value);
  return isOther ? [`${path} is ${value}, none of ${String(shape.enum)}`] : [];
}

/** Exceptions for malformed members, which AWS throws whether or not the operation declares them. */
const common = new Set(['ValidationException', 'SerializationException', 'InvalidInputException']);

/** What is wrong with a reply: a status of 500 or more, members or exceptions that the SDKs do not know. */
function faultsOf(
  model: Model,
  operation: string,
  { status, text }: { readonly status: number; readonly text: string },
): readonly string[] {
  const { output, errors = [] } = model.operations[operation] ?? {};
  if (status >= 500 || status < 200) return [`${operation} → ${status} ${text}`];
  const reply = JSON.parse(text) as Readonly<Record<string, unknown>>;
  if (status === 200) return misfits(model, output?.shape ?? '', reply, operation);
  const code = String(reply['__type']);
  return common.has(code) || errors.some(({ shape }) => shape === code) ? [] : [`${operation} throws ${code}`];
}

/** Works through a list, eight at a time. */
async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** Runs that do something on this machine, or wait for long. */
const skipped = new Set(['StartJobRun', 'GetActivityTask', 'StartWorkflowRun', 'StartTrigger', 'StartLiveTail']);

describe('malformed requests', () => {
  it('in AWS JSON are refused as the client’s fault', { timeout: 120_000 }, async () => {
    const random = chance(7);
    const faults: string[] = [];
    let known = 0;
    for (const model of models) {
      await inTurns(Object.entries(model.operations), async ([operation, { input }]) => {
        if (skipped.has(operation)) return;
        const probe = await send(model, operation, '{}');
        if (probe.text.includes('UnknownOperationException')) return;
        known++;
        const wild = [0, 0.2, 0.5, 1].map((wildness) => {
          return JSON.stringify(valueOf(model, input?.shape ?? '', { random, wildness }));
        });
        for (const body of ['null', '[]', ...wild]) {
          const found = faultsOf(model, operation, await send(model, operation, body));
          faults.push(...found);
        }
      });
    }
    expect([...new Set(faults)].sort()).toEqual([]);
    expect(known).toBeGreaterThan(120);
    expect((await new SFN(account.client).listStateMachines({})).stateMachines).toBeDefined();
  });

  it('to S3 and the query services are refused as the client’s fault', { timeout: 120_000 }, async () => {
    const random = chance(11);
    const pick = <T>(values: readonly [T, ...T[]]): T => values[Math.floor(random() * values.length)] ?? values[0];
    const faults: string[] = [];
    const headers = [
      'range',
      'if-match',
      'content-md5',
      'x-amz-copy-source',
      'x-amz-checksum-crc32',
      'x-amz-tagging',
      'x-amz-decoded-content-length',
      'x-amz-content-sha256',
      'content-encoding',
      'x-amz-date',
    ] as const;
    for (let round = 0; round < 400; round++) {
      const path = pick([
        '/',
        '/b',
        '/bucket',
        '/bucket/key',
        '/bucket/%',
        '/bucket/%00',
        '/bucket/../../x',
        '//',
        `/bucket/${'k'.repeat(1200)}`,
        '/BUCKET!/k',
        '/bucket/a//b/',
        '/.sluice/x',
      ]);
      const query = pick([
        '',
        'list-type=2',
        'list-type=2&max-keys=x',
        'uploads',
        'uploadId=x&partNumber=0',
        'partNumber=99999&uploadId=%ff',
        'delete',
        'tagging',
        'continuation-token=%%%',
        'versionId=x',
        'X-Amz-Expires=-1&X-Amz-Date=x',
        'acl',
      ]);
      const method = pick(['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS']);
      const body = pick([
        '',
        '<',
        '<Delete><Object/></Delete>',
        '<a>'.repeat(3000),
        '5;chunk-signature=x\r\nhel',
        '0\r\n\r\n',
        'x',
      ]);
      const own = Object.fromEntries(
        headers
          .filter(() => random() < 0.2)
          .map((name) => [
            name,
            pick([
              '',
              'x',
              'bytes=-',
              'bytes=9-1',
              'aws-chunked',
              'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
              '-5',
              '%zz',
              '/nope/x',
            ]),
          ]),
      );
      const service = pick(['s3', 's3', 's3', 'sts', 'iam']);
      const isForm = service === 's3' ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
      const reply = await fetch(`${account.client.endpoint}${path}?${query}`, {
        method,
        headers: { ...own, ...isForm, authorization: authorization(service) },
        ...(method !== 'GET' && method !== 'HEAD' && { body }),
        signal: AbortSignal.timeout(30_000),
      }).catch((error: unknown) => error as Error);
      const status = reply instanceof Error ? 0 : reply.status;
      if (!(reply instanceof Error)) await reply.arrayBuffer();
      // 501 is how S3 calls what it does not have.
      if (status === 0 || (status >= 500 && status !== 501))
        faults.push(`${method} ${path}?${query} ${JSON.stringify(own)} ${body.slice(0, 50)} → ${status}`);
    }
    expect(faults).toEqual([]);
  });
});
