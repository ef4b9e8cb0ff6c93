import { toUserError } from '../../core/base/userError.ts';
import type { EngineChoice } from '../../processes/docker/engineChoice.ts';

/** How a question about a missing engine reaches the user, and what its answers do. */
export interface EngineHelpEffects {
  ask(message: string, buttons: readonly string[]): PromiseLike<string | undefined>;
  open(address: string): PromiseLike<unknown>;
  /** Whether a program of this name is there, with an engine that answers or not. */
  isInstalled(program: 'podman'): Promise<boolean>;
  /** From now on, for this user. */
  choose(engine: EngineChoice): Promise<void>;
}

/** What the user wants: the same again, a run without a container, or nothing. */
export type EngineAnswer = 'again' | 'without' | 'nothing';

const titles = {
  docker: 'Install Docker',
  podman: 'Use Podman',
  again: 'Try Again',
  without: 'Run as Plain Python',
  always: 'Always as Plain Python',
} as const;

const pages = {
  docker: 'https://docs.docker.com/get-started/get-docker/',
  podman: 'https://podman.io/docs/installation',
} as const;

/**
 * Asks what to do where there is no container engine, or none that answers. Rejects with the failure itself where it is
 * another one.
 */
export async function askAboutEngine(
  failure: unknown,
  effects: EngineHelpEffects,
  { canDoWithout }: { readonly canDoWithout: boolean },
): Promise<EngineAnswer> {
  const { code, message, help } = toUserError(failure);
  const isMissing = code === 'program-missing';
  if (!isMissing && code !== 'process-failed') throw failure;
  const pressed = await effects.ask(
    [message, help, canDoWithout ? 'Plain Python means Spark from PyPI, without Glue’s own library.' : '']
      .filter(Boolean)
      .join(' '),
    [
      ...(isMissing ? [titles.docker, titles.podman] : [titles.again]),
      ...(canDoWithout ? [titles.without, titles.always] : []),
    ],
  );
  switch (pressed) {
    case titles.again:
      return 'again';
    case titles.docker:
      await effects.open(pages.docker);
      return 'nothing';
    case titles.podman:
      if (await effects.isInstalled('podman')) {
        await effects.choose('podman');
        return 'again';
      }
      await effects.open(pages.podman);
      return 'nothing';
    case titles.always:
      await effects.choose('none');
      return 'without';
    case titles.without:
      return 'without';
    default:
      return 'nothing';
  }
}
