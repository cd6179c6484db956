/** `npm run enhance`: see arguments.ts for the words it takes. */
import { run } from './run.ts';

const interrupt = new AbortController();
// Once: a second Ctrl-C ends the process where it is.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => interrupt.abort(new Error(signal)));
}
process.exitCode = await run(process.argv.slice(2), interrupt.signal);
