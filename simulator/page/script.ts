/**
 * Runs a plugin's main script as UXP does: a classic script that sees the language, `require`, a document and a
 * console, but none of the browser's own globals (facts/uxp.md: no Worker, SharedArrayBuffer, WebGPU,
 * OffscreenCanvas; WebAssembly, TextEncoder and TextDecoder not dependable; fetch needs a permission the
 * manifest does not ask for).
 */
const language = [
  ...[
    'Object',
    'Function',
    'Boolean',
    'Symbol',
    'Number',
    'BigInt',
    'Math',
    'Date',
    'String',
    'RegExp',
    'JSON',
  ],
  ...[
    'Array',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'WeakRef',
    'FinalizationRegistry',
    'Promise',
    'Proxy',
    'Reflect',
  ],
  ...['ArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array'],
  ...['Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'],
  ...[
    'Error',
    'AggregateError',
    'EvalError',
    'RangeError',
    'ReferenceError',
    'SyntaxError',
    'TypeError',
    'URIError',
  ],
  ...['Infinity', 'NaN', 'undefined', 'parseFloat', 'parseInt', 'isFinite', 'isNaN'],
  ...['encodeURI', 'encodeURIComponent', 'decodeURI', 'decodeURIComponent', 'Intl'],
] as const;

export interface RunningScript {
  /** A global the script has made. */
  global(name: string): unknown;
  /** Stops its timers; it is not called again by them. */
  end(): void;
}

/** `name` is what the browser's developer tools show the script as. */
export function runScript(
  source: string,
  name: string,
  globals: Readonly<Record<string, unknown>>,
): RunningScript {
  const timers = timersOf();
  const scope: Record<string, unknown> = {
    ...Object.fromEntries(language.map((each) => [each, Reflect.get(globalThis, each) as unknown])),
    console,
    ...timers.functions,
    ...globals,
  };
  scope['globalThis'] = scope;
  // Every name is the scope's, so that nothing of the browser is reached and nothing is left behind in it;
  // one the scope does not have is undefined, by which scripts tell that something is not there.
  const walls = new Proxy(scope, {
    has: () => true,
    get: (target, key) => (Object.hasOwn(target, key) ? (Reflect.get(target, key) as unknown) : undefined),
  });
  // The script is the plugin the person asked to run. Sloppy mode, for `with`; its own parts are strict.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function('walls', `with (walls) {\n${source}\n}\n//# sourceURL=plugin/${name}`) as (
    walls: object,
  ) => void;
  run(walls);
  return { global: (wanted) => scope[wanted], end: () => timers.end() };
}

function timersOf() {
  const running = new Set<ReturnType<typeof setTimeout>>();
  const kept = (timer: ReturnType<typeof setTimeout>): typeof timer => {
    running.add(timer);
    return timer;
  };
  const functions = {
    setTimeout: (run: () => void, ms?: number) => kept(setTimeout(run, ms)),
    setInterval: (run: () => void, ms?: number) => kept(setInterval(run, ms)),
    clearTimeout: (timer: ReturnType<typeof setTimeout>) => clearTimeout(timer),
    clearInterval: (timer: ReturnType<typeof setTimeout>) => clearInterval(timer),
  };
  return { functions, end: () => running.forEach((timer) => clearTimeout(timer)) };
}
