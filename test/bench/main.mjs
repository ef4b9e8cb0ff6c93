// npm run bench [-- name…]: each *.bench.mjs in this folder, one after the other, as ratios of one run.
// A bench exports `name` and `run()`, which returns lines {what, ours, peer, unit, limit?}: limit is the largest good ratio
// ours / peer. Exits with 1 when a limit is broken.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from '../support/prepare.mjs';

const folder = import.meta.dirname;
const wanted = process.argv.slice(2);

function show({ what, ours, peer, unit, limit }) {
  const number = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));
  const ratio = ours / peer;
  const isGood = limit === undefined || ratio <= limit;
  const verdict = limit === undefined ? '' : isGood ? `  (limit ${limit})` : `  ABOVE THE LIMIT ${limit}`;
  process.stdout.write(`  ${what}: ${number(ours)} / ${number(peer)} ${unit} = ${number(ratio)}${verdict}\n`);
  return isGood;
}

await ensureDependencies();
let isGood = true;
for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith('.bench.mjs') || (wanted.length > 0 && !wanted.includes(file.replace('.bench.mjs', '')))) continue;
  const bench = await import(join(folder, file));
  process.stdout.write(`${bench.name}\n`);
  for (const line of await bench.run()) isGood = show(line) && isGood;
}
process.exit(isGood ? 0 : 1);
