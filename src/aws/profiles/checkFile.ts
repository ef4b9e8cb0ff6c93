/** What is wrong with a line of a shared file; lines count from 1. */
export interface FileProblem {
  readonly line: number;
  readonly message: string;
  readonly help: string;
}

/** A header as the SDK's loader accepts it: `[profile name]`, quoted or not, of these characters. */
const header = /^([\w-]+)\s+(["'])?([\w@+.%:/-]+)\2$/;
const kinds = new Set(['profile', 'sso-session', 'services']);
const standalone = new Set(['default', 'preview', 'plugins']);

/**
 * Finds lines that the SDK's loader skips without a word, and settings that name what is not there. The loader never
 * fails, so a slip in these files would show up as a profile that is missing or has no credentials.
 */
export function checkSharedFile(text: string, file: 'config' | 'credentials'): readonly FileProblem[] {
  const problems: FileProblem[] = [];
  const report = (line: number, message: string, help: string): void => void problems.push({ line, message, help });
  if (text.includes('\0')) return [{ line: 1, message: 'is not a text file', help: 'Replace it by a text file.' }];

  let isInSection = false;
  let isInGroup = false;
  const sections = new Set<string>();
  const references: { readonly line: number; readonly section: string; readonly setting: string }[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((raw, index) => {
      const line = index + 1;
      const content = (raw.split(/(?:^|\s)[;#]/)[0] ?? '').trim();
      if (content === '') return;
      if (content.startsWith('[')) {
        isInSection = true;
        isInGroup = false;
        const problem = headerProblem(content, file);
        if (problem) report(line, ...problem);
        else sections.add(content.slice(1, -1).trim().replaceAll(/["']/g, '').replace(/\s+/, ' '));
        return;
      }
      if (!isInSection) {
        report(line, 'has a setting before the first section', 'Put it below a section such as [default].');
        isInSection = true;
        return;
      }
      const equals = content.indexOf('=');
      if (equals > 0) {
        const key = content.slice(0, equals).trim();
        const value = content.slice(equals + 1).trim();
        const isNested = isInGroup && /^\s/.test(raw);
        if (!isNested) isInGroup = value === '';
        if (!isNested && value !== '') {
          if (key === 'sso_session') references.push({ line, section: `sso-session ${value}`, setting: key });
          if (key === 'services') references.push({ line, section: `services ${value}`, setting: key });
          if (key === 'region' && !/^[a-z0-9-]+$/i.test(value)) {
            report(line, `gives "${value}" as a region`, 'Regions look like eu-west-1.');
          }
        }
        return;
      }
      report(line, `has a line that is no setting: "${abbreviated(content)}"`, 'Settings are written as name = value.');
    });

  // Sessions and services live in the config file only.
  if (file === 'config') {
    for (const { line, section, setting } of references) {
      if (!sections.has(section)) {
        report(line, `names [${section}], which is not there`, `Add the section, or correct ${setting}.`);
      }
    }
  }
  return problems.sort((a, b) => a.line - b.line);
}

function headerProblem(content: string, file: 'config' | 'credentials'): readonly [string, string] | undefined {
  if (!content.endsWith(']')) return ['has a section header without "]"', 'Close the header.'];
  const name = content.slice(1, -1).trim();
  if (name === '') return ['has a section without a name', 'Name it, for instance [default].'];
  const [, kind = '', , of] = header.exec(name) ?? [];
  if (file === 'credentials') {
    return kind === 'profile'
      ? [`calls a section [${name}]`, `In the credentials file, write [${of ?? ''}].`]
      : undefined;
  }
  if (standalone.has(name) || kinds.has(kind)) return undefined;
  return /\s/.test(name)
    ? [`has a section [${name}] that AWS SDKs do not read`, 'Names have no spaces; write [profile name].']
    : [`has a section [${name}] that AWS SDKs do not read`, `In the config file, write [profile ${name}].`];
}

/** Enough to find the line; never all of it, which may be a key that went astray. */
function abbreviated(text: string): string {
  return text.length > 12 ? `${text.slice(0, 8)}…` : text;
}
