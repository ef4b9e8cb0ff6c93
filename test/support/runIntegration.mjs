// npm run test:integration [-- minimum]
import { runIntegration } from './integration.mjs';
import { suiteMain } from './suite.mjs';

await suiteMain(async () => await runIntegration(process.argv[2]));
