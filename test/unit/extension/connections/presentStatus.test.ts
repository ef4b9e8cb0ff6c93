import { describe, expect, it } from 'vitest';
import {
  environmentConnection,
  localConnection,
  profileConnection,
} from '../../../../src/core/connections/connection.ts';
import { presentStatus } from '../../../../src/extension/connections/presentStatus.ts';

const known = (isProtected = false, accountId?: string) => ({
  accountId: () => accountId,
  isProtected: () => isProtected,
});

describe('presentStatus', () => {
  it('says profile and region, and the account in the tooltip', () => {
    const status = presentStatus(profileConnection('dev', 'eu-west-1'), known(false, '111122223333'));
    expect(status.text).toBe('$(plug) dev · eu-west-1');
    expect(status.tooltip).toEqual([
      'Sluice works with profile "dev" in eu-west-1.',
      'Account 111122223333',
      'Click to switch.',
    ]);
    expect(status.isProtected).toBe(false);
  });

  it('says PROTECTED, to eyes and to a screen reader', () => {
    const status = presentStatus(profileConnection('prod', 'eu-west-1'), known(true));
    expect(status.text).toBe('$(plug) prod · eu-west-1 PROTECTED');
    expect(status.spoken).toContain('PROTECTED');
    expect(status.isProtected).toBe(true);
  });

  it('has no region and no account number for Local', () => {
    expect(presentStatus(localConnection, known(false, '000000000000'))).toMatchObject({
      text: '$(vm) Local',
      tooltip: ['Sluice works with the account on this machine.', 'Click to switch.'],
    });
  });

  it('names the environment', () => {
    expect(presentStatus(environmentConnection('us-east-2'), known()).text).toBe('$(plug) environment · us-east-2');
  });
});
