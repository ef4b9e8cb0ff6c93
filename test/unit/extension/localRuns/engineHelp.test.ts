import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/base/userError.ts';
import { askAboutEngine, type EngineAnswer } from '../../../../src/extension/localRuns/engineHelp.ts';

const missing = new UserError('program-missing', 'Running Glue scripts locally needs Docker or Podman.', 'Install it.');
const silent = new UserError('process-failed', 'docker is installed, but no engine answers.', 'Start Docker Desktop.');

async function press(
  button: string | undefined,
  {
    failure = missing,
    canDoWithout = true,
    hasPodman = false,
  }: { readonly failure?: Error; readonly canDoWithout?: boolean; readonly hasPodman?: boolean } = {},
): Promise<{ readonly answer: EngineAnswer; readonly did: readonly string[]; readonly asked: readonly string[] }> {
  const did: string[] = [];
  let asked: readonly string[] = [];
  const answer = await askAboutEngine(
    failure,
    {
      ask: async (message, buttons) => {
        asked = [message, ...buttons];
        return await Promise.resolve(button);
      },
      open: async (address) => await Promise.resolve(did.push(new URL(address).hostname)),
      isInstalled: async () => await Promise.resolve(hasPodman),
      choose: async (engine) => {
        did.push(`engine ${engine}`);
        await Promise.resolve();
      },
    },
    { canDoWithout },
  );
  return { answer, did, asked };
}

describe('a run where no container engine is installed', () => {
  it('says what it needs and offers each way on', async () => {
    const { answer, asked, did } = await press(undefined);
    expect(asked[0]).toContain('Running Glue scripts locally needs Docker or Podman.');
    expect(asked.slice(1, 4)).toEqual(['Install Docker', 'Use Podman', 'Run as Plain Python']);
    expect([answer, did]).toEqual(['nothing', []]);
  });

  it('opens the page that says how to install one', async () => {
    expect(await press('Install Docker')).toMatchObject({ answer: 'nothing', did: ['docs.docker.com'] });
    expect(await press('Use Podman')).toMatchObject({ answer: 'nothing', did: ['podman.io'] });
  });

  it('goes on with the Podman that is there', async () => {
    expect(await press('Use Podman', { hasPodman: true })).toMatchObject({ answer: 'again', did: ['engine podman'] });
  });

  it('goes on without a container, once or always', async () => {
    expect(await press('Run as Plain Python')).toMatchObject({ answer: 'without', did: [] });
    expect(await press('Always as Plain Python')).toMatchObject({ answer: 'without', did: ['engine none'] });
  });
});

describe('a run where the engine is stopped', () => {
  it('says how to start it, and tries again when that is done', async () => {
    const { answer, asked } = await press('Try Again', { failure: silent });
    expect(asked[0]).toContain('docker is installed, but no engine answers. Start Docker Desktop.');
    expect(asked.slice(1, 3)).toEqual(['Try Again', 'Run as Plain Python']);
    expect(answer).toBe('again');
  });

  it('offers no plain Python to what needs a container', async () => {
    const { asked } = await press(undefined, { failure: silent, canDoWithout: false });
    expect(asked.slice(1)).toEqual(['Try Again']);
  });
});

it('another failure is told as it is', async () => {
  const other = new UserError('not-found', 'No such image.');
  await expect(press(undefined, { failure: other })).rejects.toBe(other);
});
