import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { silentLog } from '../../src/core/base/log.ts';
import type { RunEntry } from '../../src/core/runs/entry.ts';
import type { RunKey } from '../../src/core/runs/model.ts';
import { RunStore } from '../../src/core/runs/store.ts';
import { watch } from '../../src/core/runs/watch.ts';
import type { RunUpdate } from '../../src/core/runs/watch.ts';
import { systemClock } from '../../src/processes/systemClock.ts';
import { RunDocuments } from '../../src/views/runs/document/runDocuments.ts';
import { eventually } from './support/eventually.ts';

const scheme = 'sluice-run-refusing';
const key: RunKey = { connectionId: 'local', kind: 'localRun', resource: 'extract.py', id: 'run-1' };

/** Entries as a run gives them, when the test says so. */
class ScriptedRun implements AsyncIterable<RunUpdate> {
  #waiting: RunUpdate[] = [];
  #wake: (() => void) | undefined;
  #timeMs = Date.now();

  print(...lines: readonly string[]): void {
    const entries = lines.map((text): RunEntry => {
      this.#timeMs += 1;
      return { kind: 'log', timeMs: this.#timeMs, late: false, path: [], stream: 'out', text };
    });
    this.#waiting.push({ kind: 'entries', entries });
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<RunUpdate> {
    for (;;) {
      yield* this.#waiting.splice(0);
      if (this.#waiting.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

describe('run document, where the editor refuses edits', () => {
  const run = new ScriptedRun();
  let refusals = 0;
  let store: RunStore;
  let documents: RunDocuments;
  let document: vscode.TextDocument;

  const open = (): RunDocuments =>
    new RunDocuments({
      store,
      restored: Promise.resolve(),
      clock: systemClock,
      log: silentLog,
      scheme,
      limits: { lines: 1_000, chars: 1_000_000 },
      applyEdit: async (edit) => {
        if (refusals === 0) return await vscode.workspace.applyEdit(edit);
        refusals -= 1;
        return false;
      },
    });

  before(async () => {
    store = new RunStore({
      portsOf: async () => await Promise.resolve(undefined),
      loadWatch: async () => await Promise.resolve(watch),
      clock: systemClock,
      log: silentLog,
      file: { load: async () => await Promise.resolve(undefined), update: async () => await Promise.resolve() },
      retention: () => ({ days: 7, runs: 10 }),
      random: Math.random,
    });
    documents = open();
    store.feed(key, run, { startedByUser: false });
    run.print('first');
    ({ document } = await documents.show(key));
  });

  after(async () => {
    documents.dispose();
    store.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const textHas = async (what: string): Promise<void> => {
    await eventually(what, () => document.getText().includes(what), Boolean, 60_000);
  };
  const endInSight = (): boolean => {
    const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
    return (editor?.visibleRanges.at(-1)?.end.line ?? -1) >= document.lineCount - 2;
  };
  const linesOf = (word: string): number =>
    document
      .getText()
      .split('\n')
      .filter((line) => line.includes(word)).length;

  it('tries again what is refused once or twice', async () => {
    await textHas('first');
    refusals = 2;
    run.print('second');
    await textHas('second');
    assert.equal(refusals, 0);
  });

  it('has its whole text read anew after three times, follows on, and stays clean', async () => {
    refusals = 3;
    run.print(...Array.from({ length: 200 }, (_, index) => `third ${index}`));
    await textHas('third 199');
    assert.equal(refusals, 0);
    await eventually('the end in sight', endInSight, Boolean);
    run.print(...Array.from({ length: 200 }, (_, index) => `fourth ${index}`));
    await textHas('fourth 199');
    await eventually('the end in sight', endInSight, Boolean);
    assert.equal(linesOf('third'), 200);
    assert.equal(linesOf('fourth'), 200);
    assert.equal(document.isDirty, false);
  });

  it('goes on in a further part when it is full', async () => {
    run.print(...Array.from({ length: 1_000 }, (_, index) => `fifth ${index}`));
    await textHas('… continued in part 2');
    const firstPart = linesOf('fifth');
    ({ document } = await documents.show(key, {}, 2));
    await textHas('Part 2, continued from part 1');
    await textHas('fifth 999');
    assert.equal(firstPart + linesOf('fifth'), 1_000);
    run.print('the last line');
    await textHas('the last line');
  });

  it('follows on in a document that was open before, as when the extensions alone start again', async () => {
    documents.dispose();
    documents = open();
    run.print('after the restart');
    await textHas('after the restart');
  });
});
