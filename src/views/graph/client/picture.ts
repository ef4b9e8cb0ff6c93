/** Names of the theme's colours that the picture is drawn with; a picture on its own carries their values. */
const inherited = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
  'opacity',
];

/** The picture as a document of its own, in the colours that it has here. */
export function standaloneSvg(
  surface: SVGSVGElement,
  size: { readonly width: number; readonly height: number },
): string {
  const copy = surface.cloneNode(true) as SVGSVGElement;
  copyStyles(surface, copy);
  copy.querySelector('.layer')?.setAttribute('transform', 'translate(0,0)');
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(Math.ceil(size.width)));
  copy.setAttribute('height', String(Math.ceil(size.height)));
  copy.setAttribute('viewBox', `0 0 ${Math.ceil(size.width)} ${Math.ceil(size.height)}`);
  const background = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  background.setAttribute('width', '100%');
  background.setAttribute('height', '100%');
  background.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  copy.prepend(background);
  return new XMLSerializer().serializeToString(copy);
}

/** The picture as PNG, twice its size so that it stays sharp; base64. */
export async function toPng(text: string, size: { readonly width: number; readonly height: number }): Promise<string> {
  const image = new Image();
  const scale = Math.min(2, 8000 / Math.max(size.width, size.height));
  image.src = `data:image/svg+xml;base64,${toBase64(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(size.width * scale);
  canvas.height = Math.ceil(size.height * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This window cannot draw a PNG; SVG works.');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
}

export function toBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

function copyStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const name of inherited) {
    const value = style.getPropertyValue(name);
    if (value !== '') to.setAttribute(name, value);
  }
  to.removeAttribute('class');
  if (from.classList.contains('layer')) to.setAttribute('class', 'layer');
  for (const [index, child] of [...from.children].entries()) {
    const copy = to.children[index];
    if (copy) copyStyles(child, copy);
  }
}
