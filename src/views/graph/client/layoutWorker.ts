import type { GraphScope } from '../protocol.ts';
import { layoutScope, type PlacedScope } from './layout.ts';

export interface LayoutReply {
  readonly placed?: PlacedScope;
  readonly error?: string;
}

self.onmessage = ({ data }: MessageEvent<GraphScope>): void => {
  self.postMessage(layoutOf(data));
};

function layoutOf(scope: GraphScope): LayoutReply {
  try {
    return { placed: layoutScope(scope) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
