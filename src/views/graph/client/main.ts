import type { FromGraph, ToGraph } from '../protocol.ts';
import { GraphView, type Page } from './graphView.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromGraph): void };

const vscode = acquireVsCodeApi();
const send = (message: FromGraph): void => vscode.postMessage(message);

function element<T extends Element>(id: string, type: abstract new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no element ${id}.`);
  return found;
}

const page: Page = {
  surface: element('surface', SVGSVGElement),
  layer: element('layer', SVGGElement),
  notice: element('notice', HTMLElement),
  search: element('search', HTMLInputElement),
};

/** A page of VS Code has an origin that may not start workers from files; from a blob it may. */
async function startWorker(): Promise<Worker> {
  const source = await fetch(document.body.dataset['worker'] ?? '');
  return new Worker(URL.createObjectURL(await source.blob()));
}

void startWorker().then((worker) => {
  const view = new GraphView(page, worker, send);
  window.addEventListener('message', ({ data }: MessageEvent<ToGraph>) => view.receive(data));
  for (const button of document.querySelectorAll<HTMLElement>('[data-action]')) {
    button.addEventListener('click', () => {
      const { action } = button.dataset;
      if (action === 'fit') view.viewport.fit();
      else if (action === 'in') view.viewport.zoom(1.25);
      else if (action === 'out') view.viewport.zoom(0.8);
      else view.openSearch();
    });
  }
  send({ kind: 'ready' });
});
