import { describe, expect, it } from 'vitest';
import { restartLimits, RestartPolicy } from '../../../../src/extension/languageClient/restartPolicy.ts';

describe('RestartPolicy', () => {
  it('gives up at the third end within a minute', () => {
    const policy = new RestartPolicy(restartLimits);
    expect([policy.onEnd(0), policy.onEnd(20_000), policy.onEnd(59_999)]).toEqual(['restart', 'restart', 'give-up']);
  });

  it('goes on restarting a server that ends now and then, and after the user asked for it', () => {
    const policy = new RestartPolicy(restartLimits);
    const decisions = [0, 40_000, 80_000, 120_000].map((at) => policy.onEnd(at));
    expect(decisions).toEqual(['restart', 'restart', 'restart', 'restart']);
    policy.onEnd(121_000);
    policy.reset();
    expect(policy.onEnd(122_000)).toBe('restart');
  });
});
