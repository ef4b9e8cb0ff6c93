import type { Point } from './layout.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Which part of the picture is seen: pan by dragging or wheel, zoom by pinch, Ctrl+wheel or keys. */
export class Viewport {
  #scale = 1;
  #x = 0;
  #y = 0;
  #content: Size = { width: 1, height: 1 };

  constructor(
    private readonly surface: SVGSVGElement,
    private readonly layer: SVGGElement,
  ) {
    surface.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false });
    surface.addEventListener('pointerdown', (event) => this.#onPointerDown(event));
  }

  set content(size: Size) {
    this.#content = size;
  }

  /** Shows the whole picture, at its own size where it fits. */
  fit(): void {
    const { width, height } = this.surface.getBoundingClientRect();
    const scale = Math.min(1, (width - 32) / this.#content.width, (height - 32) / this.#content.height);
    this.#scale = Math.max(0.05, scale);
    this.#x = (width - this.#content.width * this.#scale) / 2;
    this.#y = Math.max(16, (height - this.#content.height * this.#scale) / 2);
    this.#apply();
  }

  zoom(factor: number, at?: Point): void {
    const { width, height } = this.surface.getBoundingClientRect();
    const { x, y } = at ?? { x: width / 2, y: height / 2 };
    const scale = Math.max(0.05, Math.min(4, this.#scale * factor));
    this.#x = x - ((x - this.#x) * scale) / this.#scale;
    this.#y = y - ((y - this.#y) * scale) / this.#scale;
    this.#scale = scale;
    this.#apply();
  }

  /** Brings a point of the picture into sight; does nothing where it is in sight. */
  reveal({ x, y }: Point): void {
    const { width, height } = this.surface.getBoundingClientRect();
    const seen = { x: x * this.#scale + this.#x, y: y * this.#scale + this.#y };
    const margin = 48;
    if (seen.x > margin && seen.x < width - margin && seen.y > margin && seen.y < height - margin) return;
    this.#x = width / 2 - x * this.#scale;
    this.#y = height / 2 - y * this.#scale;
    this.#apply();
  }

  #apply(): void {
    this.layer.setAttribute('transform', `translate(${this.#x},${this.#y}) scale(${this.#scale})`);
  }

  #onWheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) {
      const { left, top } = this.surface.getBoundingClientRect();
      this.zoom(Math.exp(-event.deltaY / 200), { x: event.clientX - left, y: event.clientY - top });
      return;
    }
    this.#x -= event.shiftKey ? event.deltaY : event.deltaX;
    this.#y -= event.shiftKey ? 0 : event.deltaY;
    this.#apply();
  }

  #onPointerDown(down: PointerEvent): void {
    if (down.button !== 0 || (down.target as Element).closest('.state')) return;
    const start = { x: down.clientX - this.#x, y: down.clientY - this.#y };
    const ended = new AbortController();
    const { signal } = ended;
    this.surface.setPointerCapture(down.pointerId);
    const onMove = (move: PointerEvent): void => {
      this.#x = move.clientX - start.x;
      this.#y = move.clientY - start.y;
      this.#apply();
    };
    this.surface.addEventListener('pointermove', onMove, { signal });
    for (const end of ['pointerup', 'pointercancel']) {
      this.surface.addEventListener(end, () => ended.abort(), { signal });
    }
  }
}
