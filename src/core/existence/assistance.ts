import { placeOf } from './findings.ts';
import { kindTitle, type InventorySnapshot } from './inventory.ts';
import type { ResourceKind } from './kinds.ts';
import type { Mention } from './mentions.ts';
import { nearestName } from './nearestName.ts';
import { arnOf } from './needs.ts';
import { sortedNames } from './sortedNames.ts';

/** What hovers say of a name, as Markdown; undefined where its kind was not listed. */
export function describeMention(
  { kind, name }: Mention,
  inventory: InventorySnapshot,
  nowMs: number,
): string | undefined {
  const known = inventory.kinds[kind];
  if (known === undefined) return undefined;
  const { names, missing, isPartial, asOfMs } = known;
  const isMissing = missing?.has(name) === true || (!names.has(name) && isPartial !== true);
  if (!names.has(name) && !isMissing) return undefined;
  const meant = isMissing ? nearestName(name, names) : undefined;
  const fact = isMissing
    ? `No ${kindTitle(kind)} \`${name}\` in ${inventory.place}${meant === undefined ? '' : `; there is \`${meant}\``}`
    : `${capital(kindTitle(kind))} \`${name}\` in ${inventory.place}`;
  return `${fact} · checked ${ageOf(nowMs - asOfMs)}`;
}

/** `3 min ago`. */
function ageOf(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 90) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.round(hours / 24)} days ago`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** As many names as a list of proposals holds; more come as more is typed. */
export const namesAtOnce = 200;

/** A name that an account has, and what stands for it where it is named. */
export interface Proposal {
  readonly name: string;
  readonly written: string;
  readonly detail: string;
}

/** The names of a kind that are like what is typed, those that begin with it first, in order. */
export function proposals(
  kind: ResourceKind,
  typed: string,
  inventory: InventorySnapshot,
  form: 'name' | 'arn' | 'address' = 'name',
): readonly Proposal[] {
  const known = inventory.kinds[kind];
  if (known === undefined) return [];
  const wanted = (/^(?:arn:|https?:)/.test(typed) ? (/[^:/]*$/.exec(typed)?.[0] ?? '') : typed).toLowerCase();
  return namesLike(wanted, known.names).flatMap((name) => {
    const written = writtenAs(kind, name, inventory, form);
    return written === undefined ? [] : [{ name, written, detail: `${kindTitle(kind)} in ${inventory.place}` }];
  });
}

function namesLike(wanted: string, known: ReadonlySet<string>): readonly string[] {
  const { names, lower } = sortedNames(known);
  const first: string[] = [];
  const later: string[] = [];
  for (let index = 0; index < names.length && first.length < namesAtOnce; index++) {
    const [name = '', at = -1] = [names[index], lower[index]?.indexOf(wanted)];
    if (at === 0) first.push(name);
    else if (at > 0 && later.length < namesAtOnce) later.push(name);
  }
  return [...first, ...later].slice(0, namesAtOnce);
}

function writtenAs(
  kind: ResourceKind,
  name: string,
  inventory: InventorySnapshot,
  form: 'name' | 'arn' | 'address',
): string | undefined {
  if (form === 'name') return name;
  const place = placeOf(inventory);
  if (place === undefined) return undefined;
  if (form === 'arn') return arnOf({ kind, name }, place);
  const host = `sqs.${place.region}.amazonaws.com${place.partition === 'aws-cn' ? '.cn' : ''}`;
  return `https://${host}/${place.accountId}/${name}`;
}
