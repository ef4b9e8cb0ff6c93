import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const variables = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));

export interface AwsHome {
  readonly folder: string;
  readonly configPath: string;
  readonly credentialsPath: string;
  write(files: { readonly config?: string; readonly credentials?: string }): void;
  /** A program in this home that prints `text`. */
  script(name: string, code: string): string;
  dispose(): void;
}

/** A home folder of the test's own with AWS files in it; the machine's own files and variables are out of sight. */
export function awsHome(): AwsHome {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-home-'));
  const before = { ...process.env };
  for (const name of variables) Reflect.deleteProperty(process.env, name);
  process.env['HOME'] = folder;
  // The metadata service of a machine in the cloud would answer as the machine, and elsewhere only costs time.
  process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
  mkdirSync(join(folder, '.aws'));
  const configPath = join(folder, '.aws', 'config');
  const credentialsPath = join(folder, '.aws', 'credentials');
  return {
    folder,
    configPath,
    credentialsPath,
    write: ({ config, credentials }) => {
      if (config !== undefined) writeFileSync(configPath, config);
      if (credentials !== undefined) writeFileSync(credentialsPath, credentials);
    },
    script: (name, code) => {
      const path = join(folder, name);
      writeFileSync(path, code);
      chmodSync(path, 0o755);
      return path;
    },
    dispose: () => {
      for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
      Object.assign(process.env, before);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
