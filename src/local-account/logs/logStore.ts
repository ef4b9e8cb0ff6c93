import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../core/base/clock.ts';
import { Emitter, type Event } from '../../core/base/emitter.ts';
import { AwsError } from '../http/awsError.ts';
import { isMembers } from '../http/input.ts';
import { Collection } from '../state/collection.ts';
import { removeHalfWritten } from '../state/durableFile.ts';
import { fileNameOf } from '../state/fileName.ts';
import type { StateProblems } from '../state/stateProblems.ts';
import { LogStream, type NewEvent } from './logStream.ts';

export interface LogGroup {
  readonly name: string;
  readonly createdMs: number;
  readonly retentionInDays?: number;
}

/** Events that can be read now and could not before. */
export interface WrittenEvents {
  readonly group: string;
  readonly stream: string;
  readonly events: readonly NewEvent[];
  readonly ingestedMs: number;
}

/** Log groups and their streams. Streams of a group are opened when somebody asks for them. */
export class LogStore {
  readonly #streams = new Map<string, Promise<Map<string, LogStream>>>();
  readonly #written = new Emitter<WrittenEvents>();
  readonly #creating = new Map<string, Promise<LogStream>>();

  private constructor(
    private readonly folder: string,
    private readonly groups: Collection<LogGroup>,
    private readonly problems: StateProblems,
    private readonly clock: Clock,
  ) {}

  static async open(folder: string, problems: StateProblems, clock: Clock): Promise<LogStore> {
    const groups = await Collection.open<LogGroup>({ folder: join(folder, 'groups'), check: isLogGroup, problems });
    await removeHalfWritten(join(folder, 'streams'));
    return new LogStore(join(folder, 'streams'), groups, problems, clock);
  }

  get onDidWrite(): Event<WrittenEvents> {
    return this.#written.event;
  }

  /** By name. */
  listGroups(): readonly LogGroup[] {
    return [...this.groups.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  async putGroup(group: Omit<LogGroup, 'createdMs'>): Promise<void> {
    const createdMs = this.groups.get(group.name)?.createdMs ?? this.clock.now();
    await this.groups.put(group.name, { ...group, createdMs });
  }

  hasGroup(name: string): boolean {
    return this.groups.has(name);
  }

  async deleteGroup(name: string): Promise<void> {
    this.#mustHaveGroup(name);
    await this.groups.delete(name);
    this.#streams.delete(name);
    await rm(this.#folderOf(name), { recursive: true, force: true });
  }

  /** Streams of a group by name; throws ResourceNotFoundException. */
  async listStreams(group: string): Promise<readonly LogStream[]> {
    this.#mustHaveGroup(group);
    return [...(await this.#openGroup(group)).values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  async findStream(group: string, name: string): Promise<LogStream> {
    this.#mustHaveGroup(group);
    const stream = (await this.#openGroup(group)).get(name);
    if (!stream) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
    return stream;
  }

  async createStream(group: string, name: string): Promise<void> {
    this.#mustHaveGroup(group);
    if ((await this.#openGroup(group)).has(name)) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
    }
    await this.#ensureStream(group, name);
  }

  async deleteStream(group: string, name: string): Promise<void> {
    await this.findStream(group, name);
    (await this.#openGroup(group)).delete(name);
    await rm(this.#pathOf(group, name), { force: true });
  }

  /** Writes events as a service of the account does, making group and stream where they are missing. */
  async write(group: string, stream: string, events: readonly NewEvent[]): Promise<void> {
    if (!this.groups.has(group)) await this.putGroup({ name: group });
    const ingestedMs = this.clock.now();
    await (await this.#ensureStream(group, stream)).append(events, ingestedMs);
    this.#written.fire({ group, stream, events, ingestedMs });
  }

  async #ensureStream(group: string, name: string): Promise<LogStream> {
    const streams = await this.#openGroup(group);
    const there = streams.get(name);
    if (there) return there;
    const key = JSON.stringify([group, name]);
    const creating = this.#creating.get(key) ?? LogStream.create(this.#pathOf(group, name), name, this.clock.now());
    this.#creating.set(key, creating);
    try {
      const stream = await creating;
      streams.set(name, stream);
      return stream;
    } finally {
      this.#creating.delete(key);
    }
  }

  async #openGroup(group: string): Promise<Map<string, LogStream>> {
    const opened = this.#streams.get(group) ?? this.#loadGroup(group);
    this.#streams.set(group, opened);
    return await opened;
  }

  async #loadGroup(group: string): Promise<Map<string, LogStream>> {
    const folder = this.#folderOf(group);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const streams = new Map<string, LogStream>();
    for (const name of await readdir(folder)) {
      if (!name.endsWith('.jsonl')) continue;
      const path = join(folder, name);
      try {
        const stream = await LogStream.open(path);
        streams.set(stream.name, stream);
      } catch (error) {
        await this.problems.setAside(path, error instanceof Error ? error.message : String(error));
      }
    }
    return streams;
  }

  #mustHaveGroup(name: string): void {
    if (this.groups.has(name)) return;
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  }

  #folderOf(group: string): string {
    return join(this.folder, fileNameOf(group));
  }

  #pathOf(group: string, stream: string): string {
    return join(this.#folderOf(group), `${fileNameOf(stream)}.jsonl`);
  }
}

function isLogGroup(value: unknown): value is LogGroup {
  return isMembers(value) && typeof value['name'] === 'string' && typeof value['createdMs'] === 'number';
}
