export interface PageParts {
  /** What the page's own files may be loaded from. */
  readonly cspSource: string;
  /** Fresh for each page; only elements that carry it run. */
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  readonly worker: string;
}

/** The page of the graph: nothing in it comes from a document, which arrives as messages and is drawn as text. */
export function presentPage({ cspSource, nonce, script, style, worker }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `connect-src ${cspSource}`,
    'worker-src blob:',
    'img-src data:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Graph</title>
</head>
<body data-worker="${worker}">
<div class="toolbar" role="toolbar" aria-label="Graph">
<button data-action="fit" title="Fit the graph into the view (0)">Fit</button>
<button data-action="out" title="Zoom out (-)" aria-label="Zoom out">−</button>
<button data-action="in" title="Zoom in (+)" aria-label="Zoom in">+</button>
<button data-action="find" title="Find a state (/)">Find</button>
</div>
<div class="find" hidden><input id="search" type="search" placeholder="Find a state" aria-label="Find a state"></div>
<p id="notice" role="status" hidden></p>
<svg id="surface" tabindex="0" role="application" aria-label="State machine graph. Arrow keys move between states, Enter shows one in the editor.">
<defs>
<marker id="arrow-plain" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="arrow" d="M0,0 L8,4 L0,8 z"/></marker>
<marker id="arrow-catch" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="arrow arrow-catch" d="M0,0 L8,4 L0,8 z"/></marker>
</defs>
<g id="layer" class="layer"></g>
</svg>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
