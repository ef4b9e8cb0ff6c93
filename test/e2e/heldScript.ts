import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * A script of the sample that waits before its first line until it is let go, so that what shows only while it runs is
 * there for as long as a test looks at it, on a fast machine as on a slow one.
 */
export class HeldScript {
  readonly #gate: string;

  constructor(script: string) {
    this.#gate = `${script}.held`;
    const text = readFileSync(script, 'utf8');
    const wait = `while os.path.exists(${JSON.stringify(this.#gate)}):\n    time.sleep(0.1)\n`;
    writeFileSync(this.#gate, '');
    writeFileSync(script, `import os\nimport time\n\n${wait}\n${text}`);
  }

  /** Makes runs that begin from now on wait again. */
  hold(): void {
    writeFileSync(this.#gate, '');
  }

  letGo(): void {
    rmSync(this.#gate);
  }
}
