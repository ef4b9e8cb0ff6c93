import { nearest } from '../language/nearest.ts';
import { placeOf } from './findings.ts';
import { kindTitle, type InventorySnapshot } from './inventory.ts';
import type { ResourceKind } from './kinds.ts';
import type { Mention } from './mentions.ts';
import { arnOf } from './needs.ts';

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
  const meant = isMissing ? nearest(name, names) : undefined;
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
  const like = [...known.names].filter((name) => name.toLowerCase().includes(wanted));
  const isFirst = (name: string): number => (name.toLowerCase().startsWith(wanted) ? 0 : 1);
  like.sort((a, b) => isFirst(a) - isFirst(b) || (a < b ? -1 : 1));
  return like.slice(0, namesAtOnce).flatMap((name) => {
    const written = writtenAs(kind, name, inventory, form);
    return written === undefined ? [] : [{ name, written, detail: `${kindTitle(kind)} in ${inventory.place}` }];
  });
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
