import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Replaces the AWS files of the home folder. @returns what puts the ones before back */
export function replaceAwsFiles(config: string, credentials: string): () => void {
  const folder = join(homedir(), '.aws');
  mkdirSync(folder, { recursive: true });
  const restores = Object.entries({ config, credentials }).map(([name, text]) => {
    const file = join(folder, name);
    const before = read(file);
    writeFileSync(file, text);
    return () => writeFileSync(file, before);
  });
  return () => restores.forEach((restore) => restore());
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
