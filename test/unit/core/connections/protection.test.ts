import { describe, expect, it } from 'vitest';
import { localConnection, profileConnection } from '../../../../src/core/connections/connection.ts';
import { defaultProtectedPatterns, isProtected } from '../../../../src/core/connections/protection.ts';

const account = '111122223333';
const protects = (profile: string, patterns: readonly string[] = defaultProtectedPatterns): boolean =>
  isProtected(profileConnection(profile, 'eu-west-1'), account, patterns);

describe('what is protected', () => {
  it.each(['prod', 'acme-prod', 'PROD_eu', 'data.live', 'prd/etl', 'acme production', 'live2.prod'])(
    'is %s, as nobody has set anything',
    (profile) => {
      expect(protects(profile)).toBe(true);
    },
  );

  it.each(['nonprod', 'preprod', 'acme-nonprod', 'preprod-eu', 'products', 'delivery', 'dev', ''])(
    'is not %s',
    (profile) => {
      expect(protects(profile)).toBe(false);
    },
  );

  it('is an account, whatever its profile is called, once it is known', () => {
    expect(protects('dev', [account])).toBe(true);
    expect(protects('dev', ['999900001111'])).toBe(false);
    expect(isProtected(profileConnection('dev', 'eu-west-1'), undefined, [account])).toBe(false);
  });

  it('is what a pattern with * in it or of several segments matches', () => {
    expect(protects('acme-prodeu', ['prod*'])).toBe(true);
    expect(protects('preprod', ['prod*'])).toBe(false);
    expect(protects('acme-prod', ['acme-prod'])).toBe(true);
    expect(protects('etl_Acme_Prod_eu', ['acme-prod'])).toBe(true);
    expect(protects('acme-nonprod', ['acme-prod'])).toBe(false);
    expect(protects('acme-eu-prod', ['acme-prod'])).toBe(false);
    expect(protects('dev', ['*'])).toBe(true);
  });

  it('is decided whatever a pattern holds', () => {
    for (const pattern of ['', '-', '(', 'a+', '[x', '\\', '.', 'ä-ö', '**', '$^']) {
      expect(protects('dev', [pattern])).toBe(pattern === '**');
      expect(protects('acme-prod', [pattern, 'prod'])).toBe(true);
    }
  });

  it('is never the account on this machine', () => {
    expect(isProtected(localConnection, account, ['*', 'local', account])).toBe(false);
  });
});
