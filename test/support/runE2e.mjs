// npm run test:e2e [-- vitest arguments]
import { runE2e } from './e2e.mjs';
import { suiteMain } from './suite.mjs';

await suiteMain(async () => await runE2e(process.argv.slice(2)));
