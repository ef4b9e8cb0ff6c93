import { objectField, textField } from '../fields.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { ObjectPort } from '../ports.ts';
import { runtimeError, StateError } from '../stateError.ts';
import type { Visit } from '../visit.ts';
import type { Child } from './childExecution.ts';
import { resultsOf, transformationOf, type Transformation } from './childResult.ts';
import type { MapRun } from './mapRun.ts';

/** Results that are kept in memory before they go to a file. */
const RESULTS_PER_FILE = 1000;

type Outcome = 'SUCCEEDED' | 'FAILED';

/** Writes what the children gave to S3: SUCCEEDED_n.json, FAILED_n.json and manifest.json under `<prefix>/<map run id>/`. */
export class ResultWriter {
  readonly #waiting: Record<Outcome, string[]> = { SUCCEEDED: [], FAILED: [] };
  readonly #files: Record<Outcome, JsonObject[]> = { SUCCEEDED: [], FAILED: [] };
  readonly #folder: string;
  readonly #isLines: boolean;
  readonly #transformation: Transformation;

  private constructor(
    private readonly visit: Visit,
    private readonly mapRun: MapRun,
    private readonly target: {
      readonly objects: ObjectPort;
      readonly bucket: string;
      readonly prefix: string;
      readonly config: JsonObject;
    },
  ) {
    const id = mapRun.arn.slice(mapRun.arn.lastIndexOf(':') + 1);
    const prefix = target.prefix.replace(/\/$/, '');
    this.#folder = prefix === '' ? id : `${prefix}/${id}`;
    this.#isLines = target.config['OutputType'] === 'JSONL';
    this.#transformation = transformationOf(target.config, true);
  }

  /** Evaluates the ResultWriter of a Map; undefined when it has none that writes to S3. */
  static async open(visit: Visit, mapRun: MapRun, data: Json): Promise<ResultWriter | undefined> {
    const writer = objectField(visit.state, 'ResultWriter');
    const field = visit.isJsonata ? 'Arguments' : 'Parameters';
    if (!writer || writer[field] === undefined) return undefined;
    const { objects } = visit.frame.execution.ports;
    if (!objects) throw writerFailed('There is no S3 to write results to.');
    const parameters = await visit.fill(`ResultWriter/${field}`, writer[field], { data });
    if (!isJsonObject(parameters)) throw runtimeError('The parameters of a ResultWriter must be an object.');
    return new ResultWriter(visit, mapRun, {
      objects,
      bucket: textField(parameters, 'Bucket') ?? '',
      prefix: textField(parameters, 'Prefix') ?? '',
      config: objectField(writer, 'WriterConfig') ?? {},
    });
  }

  async add(child: Child): Promise<void> {
    const outcome: Outcome = child.result.status === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED';
    const results = resultsOf(child, this.#transformation, this.mapRun.childMachineArn);
    for (const result of results) this.#waiting[outcome].push(JSON.stringify(result));
    if (this.#waiting[outcome].length >= RESULTS_PER_FILE) await this.#flush(outcome);
  }

  /** Writes what is left and the manifest; gives the Map's result. */
  async close(): Promise<Json> {
    await this.#flush('SUCCEEDED');
    await this.#flush('FAILED');
    const key = `${this.#folder}/manifest.json`;
    const manifest = {
      DestinationBucket: this.target.bucket,
      MapRunArn: this.mapRun.arn,
      ResultFiles: { FAILED: this.#files.FAILED, PENDING: [], SUCCEEDED: this.#files.SUCCEEDED },
    };
    await this.#write(key, [JSON.stringify(manifest)]);
    return { MapRunArn: this.mapRun.arn, ResultWriterDetails: { Bucket: this.target.bucket, Key: key } };
  }

  async #flush(outcome: Outcome): Promise<void> {
    const entries = this.#waiting[outcome].splice(0);
    if (entries.length === 0) return;
    const key = `${this.#folder}/${outcome}_${this.#files[outcome].length}.${this.#isLines ? 'jsonl' : 'json'}`;
    const pieces = this.#isLines
      ? entries.map((entry) => `${entry}\n`)
      : entries.map((entry, at) => `${at === 0 ? '[' : ','}${entry}${at === entries.length - 1 ? ']' : ''}`);
    const encoder = new TextEncoder();
    const size = pieces.reduce((sum, piece) => sum + encoder.encode(piece).length, 0);
    this.#files[outcome].push({ Key: key, Size: size });
    await this.#write(key, pieces);
  }

  async #write(key: string, pieces: readonly string[]): Promise<void> {
    const { bucket, objects } = this.target;
    try {
      await objects.write({ bucket, key }, iterate(pieces), this.visit.frame.stop.signal);
    } catch (error) {
      throw writerFailed(error instanceof Error ? error.message : String(error));
    }
  }
}

function writerFailed(cause: string): StateError {
  return new StateError('States.ResultWriterFailed', cause);
}

async function* iterate(pieces: readonly string[]): AsyncGenerator<string> {
  await Promise.resolve();
  yield* pieces;
}
