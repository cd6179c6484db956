/** `npm run enhance`: see arguments.ts for the words it takes. */
import { run } from './run.ts';

const interrupt = new AbortController();
// Asking again changes nothing: what is under way is being cleared away.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupt.abort(new Error(signal)));
}
const code = await run(process.argv.slice(2), interrupt.signal);
// An encoder that was left behind would keep the process alive until it is done.
if (interrupt.signal.aborted) process.exit(code);
process.exitCode = code;
