import type { FromGraph, GraphScope, StateMark, ToGraph } from '../protocol.ts';
import { draw, mark, type DrawnState, type Drawing } from './draw.ts';
import type { PlacedScope } from './layout.ts';
import type { LayoutReply } from './layoutWorker.ts';
import { standaloneSvg, toBase64, toPng } from './picture.ts';
import { Viewport } from './viewport.ts';

/** The elements of the page, which the panel's HTML brings. */
export interface Page {
  readonly surface: SVGSVGElement;
  readonly layer: SVGGElement;
  readonly notice: HTMLElement;
  readonly search: HTMLInputElement;
}

/** Shows what the panel sends; says what the user chooses. */
export class GraphView {
  readonly #viewport: Viewport;
  #drawing: Drawing | undefined;
  #placed: PlacedScope | undefined;
  #current: string | undefined;
  #marks: Readonly<Record<string, StateMark>> = {};
  #isStale = false;
  #waiting: GraphScope | undefined;
  #isPlacing = false;

  constructor(
    private readonly page: Page,
    private readonly worker: Worker,
    private readonly send: (message: FromGraph) => void,
  ) {
    this.#viewport = new Viewport(page.surface, page.layer);
    worker.onmessage = ({ data }: MessageEvent<LayoutReply>) => this.#onPlaced(data);
    page.surface.addEventListener('click', (event) => this.#onClick(event));
    page.surface.addEventListener('keydown', (event) => this.#onKey(event));
    page.search.addEventListener('input', () => this.#find(page.search.value));
    page.search.addEventListener('keydown', (event) => this.#onSearchKey(event));
  }

  get viewport(): Viewport {
    return this.#viewport;
  }

  receive(message: ToGraph): void {
    switch (message.kind) {
      case 'graph':
        this.#isStale = message.isStale;
        this.#place(message.graph);
        this.#notice('');
        break;
      case 'empty':
        this.#drawing = undefined;
        this.#placed = undefined;
        this.page.layer.replaceChildren();
        this.#notice(message.message);
        break;
      case 'cursor':
        this.#setCurrent(message.id);
        break;
      case 'run':
        this.#marks = message.marks;
        this.#applyMarks();
        break;
      case 'find':
        this.openSearch();
        break;
      case 'fit':
        this.#viewport.fit();
        break;
      case 'export':
        void this.#export(message.format);
        break;
    }
  }

  openSearch(): void {
    this.page.search.parentElement?.removeAttribute('hidden');
    this.page.search.focus();
    this.page.search.select();
  }

  /** The last graph wins: while one is placed, only the newest waits. */
  #place(graph: GraphScope): void {
    this.#waiting = graph;
    if (this.#isPlacing) return;
    this.#isPlacing = true;
    this.#waiting = undefined;
    this.worker.postMessage(graph);
  }

  #onPlaced({ placed, error }: LayoutReply): void {
    this.#isPlacing = false;
    if (this.#waiting) {
      this.#place(this.#waiting);
      return;
    }
    if (!placed) {
      this.send({ kind: 'failed', message: error ?? 'The graph could not be laid out.' });
      return;
    }
    const isFirst = this.#drawing === undefined;
    this.#placed = placed;
    this.#drawing = draw(placed);
    this.page.layer.replaceChildren(this.#drawing.root);
    this.page.surface.classList.toggle('is-stale', this.#isStale);
    this.#viewport.content = placed;
    if (isFirst) this.#viewport.fit();
    this.#applyMarks();
    this.#setCurrent(this.#current);
  }

  #notice(text: string): void {
    this.page.notice.textContent = text;
    this.page.notice.toggleAttribute('hidden', text === '');
  }

  #applyMarks(): void {
    for (const drawn of this.#drawing?.states.values() ?? []) mark(drawn, this.#marks[drawn.state.name]);
  }

  #setCurrent(id: string | undefined): void {
    this.#current = id;
    for (const [other, { group }] of this.#drawing?.states ?? []) {
      group.classList.toggle('is-current', other === id);
      group.setAttribute('tabindex', other === id ? '0' : '-1');
    }
    const drawn = id === undefined ? undefined : this.#drawing?.states.get(id);
    if (drawn) this.#viewport.reveal(drawn.middle);
  }

  #choose(drawn: DrawnState): void {
    this.#setCurrent(drawn.state.id);
    const { start, end, uri } = drawn.state;
    this.send({ kind: 'reveal', start, end, uri });
  }

  #onClick({ target }: MouseEvent): void {
    const id = (target as Element).closest('.state')?.getAttribute('data-id');
    const drawn = typeof id !== 'string' ? undefined : this.#drawing?.states.get(id);
    if (drawn) this.#choose(drawn);
  }

  #onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    const current = this.#current === undefined ? undefined : this.#drawing?.states.get(this.#current);
    if (step) {
      const next = current ? this.#nearest(current, step) : this.#drawing?.states.values().next().value;
      if (next) {
        this.#setCurrent(next.state.id);
        next.group.focus();
      }
    } else if (event.key === 'Enter' && current) this.#choose(current);
    else if (event.key === '+' || event.key === '=') this.#viewport.zoom(1.25);
    else if (event.key === '-') this.#viewport.zoom(0.8);
    else if (event.key === '0') this.#viewport.fit();
    else if (event.key === '/') this.openSearch();
    else return;
    event.preventDefault();
  }

  /** The state that lies nearest in a direction; what is off the axis counts double. */
  #nearest(from: DrawnState, [dx = 0, dy = 0]: readonly number[]): DrawnState | undefined {
    let best: DrawnState | undefined;
    let least = Infinity;
    for (const candidate of this.#drawing?.states.values() ?? []) {
      const x = candidate.middle.x - from.middle.x;
      const y = candidate.middle.y - from.middle.y;
      const along = x * dx + y * dy;
      const off = Math.abs(x * dy) + Math.abs(y * dx);
      const distance = along + 2 * off;
      if (candidate !== from && along > 4 && distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  #find(text: string): void {
    const wanted = text.trim().toLowerCase();
    let first: DrawnState | undefined;
    for (const drawn of this.#drawing?.states.values() ?? []) {
      const isHit = wanted !== '' && drawn.state.name.toLowerCase().includes(wanted);
      drawn.group.classList.toggle('is-hit', isHit);
      if (isHit) first ??= drawn;
    }
    this.page.search.toggleAttribute('aria-invalid', wanted !== '' && first === undefined);
    if (first) this.#setCurrent(first.state.id);
  }

  #onSearchKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      this.page.search.value = '';
      this.#find('');
      this.page.search.parentElement?.setAttribute('hidden', '');
      this.page.surface.focus();
    } else if (event.key === 'Enter') {
      const current = this.#current === undefined ? undefined : this.#drawing?.states.get(this.#current);
      if (current) this.#choose(current);
    }
  }

  async #export(format: 'svg' | 'png'): Promise<void> {
    if (!this.#placed) return;
    try {
      const text = standaloneSvg(this.page.surface, this.#placed);
      const base64 = format === 'svg' ? toBase64(text) : await toPng(text, this.#placed);
      this.send({ kind: 'exported', format, base64 });
    } catch (error) {
      this.send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }
}
