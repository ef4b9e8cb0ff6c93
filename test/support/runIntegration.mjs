// npm run test:integration
import { runIntegration } from './integration.mjs';
import { suiteMain } from './suite.mjs';

await suiteMain(runIntegration);
