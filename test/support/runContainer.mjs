// npm run test:container [-- vitest arguments]
import { runContainer } from './container.mjs';
import { suiteMain } from './suite.mjs';

await suiteMain(async () => await runContainer(process.argv.slice(2)));
