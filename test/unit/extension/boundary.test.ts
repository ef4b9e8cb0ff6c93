import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/base/userError.ts';
import { Boundary, type BoundaryEffects } from '../../../src/extension/boundary.ts';
import { nextSteps } from '../../../src/extension/nextSteps.ts';

/** A user who reads every message and presses `button`, and a log that is kept. */
function user(button?: string) {
  const seen: string[] = [];
  const logged: string[] = [];
  const effects: BoundaryEffects = {
    showError: async (message, buttons) => {
      seen.push([message, ...buttons.map((title) => `[${title}]`)].join(' '));
      return buttons.find((title) => title === button);
    },
    execute: async (command, ...args) => void seen.push(`ran ${[command, ...args].join(' ')}`),
    open: async (file, line) => void seen.push(`opened ${file}:${String(line)}`),
    copy: async (text) => void seen.push(`copied ${text}`),
  };
  const keep = (message: string | Error): void =>
    void logged.push(message instanceof Error ? `${message.message}: ${String(message.cause)}` : message);
  const log = { trace: keep, debug: keep, info: keep, warn: keep, error: keep };
  return { boundary: new Boundary(log, effects), seen, logged };
}

const settled = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

describe('Boundary', () => {
  it('gives the result of what works, and says nothing', async () => {
    const { boundary, seen } = user();
    expect(await boundary.run('test', () => 42)).toBe(42);
    expect(seen).toEqual([]);
  });

  it('is silent about what was cancelled', async () => {
    const { boundary, seen, logged } = user();
    await boundary.run('test', () => {
      throw new DOMException('gone', 'AbortError');
    });
    await settled();
    expect(seen).toEqual([]);
    expect(logged).toEqual([]);
  });

  it('says what failed and what to do, and copies the policy statement that was missing', async () => {
    const { boundary, seen } = user('Copy Policy Statement');
    await boundary.run('test', () => {
      throw new UserError('access-denied', 'Profile "dev" may not list Glue jobs.', 'Ask for it.', {
        iamAction: 'glue:GetJobs',
      });
    });
    await settled();
    expect(seen[0]).toContain('Profile "dev" may not list Glue jobs. Ask for it. [Copy Policy Statement]');
    expect(seen[1]).toContain('"Action": "glue:GetJobs"');
  });

  it('runs the task again when the user asks for that', async () => {
    const { boundary, seen } = user('Retry Now');
    let calls = 0;
    await boundary.run('test', () => {
      calls += 1;
      if (calls === 1) throw new UserError('network', 'eu-west-1 cannot be reached.');
    });
    await settled();
    expect(calls).toBe(2);
    expect(seen).toEqual(['eu-west-1 cannot be reached. [Retry Now]']);
  });

  it('goes to the line at fault', async () => {
    const { boundary, seen } = user('Go to Line');
    await boundary.run('test', () => {
      throw new UserError('bad-input', 'Execution not started.', '', { file: '/w/input.json', line: 3 });
    });
    await settled();
    expect(seen).toEqual(['Execution not started. [Go to Line]', 'opened /w/input.json:3']);
  });

  it('logs a bug with its cause, and offers the log', async () => {
    const { boundary, seen, logged } = user('Show Log');
    await boundary.run('test', () => {
      throw new TypeError('x is undefined');
    });
    await settled();
    expect(seen).toEqual(['x is undefined The Sluice log has the details. [Show Log]', 'ran sluice.showLog']);
    expect(logged).toEqual(['test failed: TypeError: x is undefined']);
  });
});

describe('nextSteps', () => {
  it('has no button that names nothing', () => {
    expect(nextSteps(new UserError('access-denied', 'No.')).map(({ title }) => title)).not.toContain(
      'Copy Policy Statement',
    );
  });
});
