import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, installSystemPackages, run } from './run.mjs';

/**
 * Makes certificates of 127.0.0.1 that sign themselves, as `<name>.pem` with `<name>.key` in `folder`.
 * @param {string} folder
 * @param {readonly string[]} names
 */
export async function makeTestCertificates(folder, names) {
  if (!findProgram('openssl')) await installSystemPackages(['openssl'], 'the certificates of the tests');
  mkdirSync(folder, { recursive: true });
  for (const name of names) {
    await run([
      ...['openssl', 'req', '-x509', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
      ...['-days', '2', '-subj', `/CN=Sluice test ${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.pem`)],
    ]);
  }
}
