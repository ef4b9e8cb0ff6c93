import { debuggerWaitsLine } from '../../core/glue/localRun/index.ts';
import type { LocalNews } from '../../core/runs/localRun.ts';
import { linesOfPiece, type ProcessPiece } from '../../processes/run.ts';
import type { DebugWish } from './debugWish.ts';

/** What a script wrote, as news. The line with which a debugger says that it waits is told to whoever wished for one. */
export function outputNews(batch: readonly ProcessPiece[], debug: DebugWish | undefined): readonly LocalNews[] {
  if (!debug) return batch.map(toNews);
  const lines = batch.flatMap((piece) => linesOfPiece(piece));
  const others = lines.filter(({ text }) => text !== debuggerWaitsLine);
  if (others.length < lines.length) debug.onWaiting();
  return others.map(toNews);
}

function toNews(piece: ProcessPiece): LocalNews {
  const stream = piece.stream === 'stdout' ? 'out' : 'err';
  if ('block' in piece) return { kind: 'block', stream, text: piece.block };
  return { kind: 'line', stream, text: piece.text, isOverwritten: piece.isOverwritten === true };
}
