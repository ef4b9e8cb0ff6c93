import { readFile, stat } from 'node:fs/promises';
import { defaultTestCase, MockConfig, MockConfigError, type MockCase } from '../../../core/interpreter/index.ts';
import { AwsError } from '../../http/awsError.ts';
import type { Workspace } from '../../workspace.ts';

/** The mock configuration of the workspace, read anew where the file has changed. */
export class MockFile {
  #read: { readonly path: string; readonly stamp: string; readonly config: MockConfig } | undefined;

  constructor(private readonly workspace: Workspace) {}

  /** As the user calls it. */
  get name(): string {
    return this.workspace.settings.mockFile;
  }

  /**
   * The answers of a machine's test case; that of executions which name none where `testCase` is undefined. Undefined
   * where there is none. Rejects with `MockConfigError`, its message beginning with the file's name.
   */
  async find(machine: string, testCase = defaultTestCase): Promise<MockCase | undefined> {
    try {
      return (await this.#config())?.find(machine, testCase);
    } catch (error) {
      throw this.#named(error);
    }
  }

  /** Throws ValidationException where a machine has no such test case, or the file cannot be used. */
  async require(machine: string, testCase: string): Promise<void> {
    let cases: readonly string[];
    try {
      const config = await this.#config();
      if (!config) {
        throw new AwsError(
          'ValidationException',
          `There is no mock file ${this.name} for the test case '${testCase}'.`,
        );
      }
      if (config.find(machine, testCase)) return;
      cases = config.casesOf(machine);
    } catch (error) {
      throw error instanceof MockConfigError ? new AwsError('ValidationException', this.#named(error).message) : error;
    }
    const there = cases.length === 0 ? 'it has none for this machine' : `it has ${cases.join(', ')}`;
    throw new AwsError(
      'ValidationException',
      `${this.name} has no test case '${testCase}' for the state machine '${machine}': ${there}.`,
    );
  }

  async #config(): Promise<MockConfig | undefined> {
    const path = await this.workspace.find(this.name);
    if (path === undefined) return undefined;
    const { mtimeMs, size } = await stat(path);
    const stamp = `${mtimeMs} ${size}`;
    if (this.#read?.path === path && this.#read.stamp === stamp) return this.#read.config;
    const config = MockConfig.parse(await readFile(path, 'utf8'));
    this.#read = { path, stamp, config };
    return config;
  }

  #named(error: unknown): Error {
    return error instanceof MockConfigError ? new MockConfigError(`${this.name}: ${error.message}`) : (error as Error);
  }
}
