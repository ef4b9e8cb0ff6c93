import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Makes `folder` hold what `install` puts there, once per `version`. The work is done in a folder beside it and moved in
 * when complete, so that an interrupted set-up leaves nothing half done; work trees that share it take turns.
 * @param {string} folder absolute
 * @param {string} version anything that changes when the contents must
 * @param {(draft: string) => Promise<void> | void} install fills the draft folder; it may be moved afterwards
 * @returns {Promise<boolean>} whether anything was installed now
 */
export async function installOnce(folder, version, install) {
  if (isInstalled(folder, version)) return false;
  mkdirSync(dirname(folder), { recursive: true });
  const unlock = await lock(`${folder}.lock`);
  try {
    if (isInstalled(folder, version)) return false;
    const draft = `${folder}.draft`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft);
    await install(draft);
    writeFileSync(join(draft, '.version'), version);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
    return true;
  } finally {
    unlock();
  }
}

function isInstalled(folder, version) {
  try {
    return readFileSync(join(folder, '.version'), 'utf8') === version;
  } catch {
    return false;
  }
}

async function lock(path) {
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!isOwnerAlive(path)) rmSync(path, { force: true });
      else await sleep(500);
    }
  }
}

function isOwnerAlive(path) {
  try {
    process.kill(Number(readFileSync(path, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
