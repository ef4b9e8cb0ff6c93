// node aslFirst.mjs FILE ours CORE | peer FOLDER: prints the CPU time in ms of the first document that this process reads.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { openPeer } from './aslPeer.mjs';

const [file, which, path] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const core = which === 'ours' ? await import(pathToFileURL(path).href) : undefined;
const validate = core ? (given) => core.validate(given, { fileName: file, languageId: 'asl' }) : openPeer(path);
const begin = process.cpuUsage();
await validate(text);
const { user, system } = process.cpuUsage(begin);
process.stdout.write(String((user + system) / 1000));
