/** `npm start`: serves the emulated Photoshop and opens it in the browser. */
import { Command, InvalidArgumentError } from 'commander';
import open from 'open';
import { startServer } from './server.ts';

const { port, open: show } = new Command('npm start --')
  .description('Opens an emulated Photoshop with the Loupe panel in the browser.')
  .option('--port <number>', 'the port to serve on; 8420, or any free one, unless given', portNumber)
  .option('--no-open', 'only print the address')
  .parse()
  .opts<{ port?: number; open: boolean }>();

const { url } =
  port === undefined ? await startServer(8420).catch(() => startServer()) : await startServer(port);
console.log(`Emulated Photoshop: ${url}\nPress Ctrl+C to stop.`);
if (show) {
  // A machine without a browser or a screen is no reason to stop serving.
  const browser = await open(url).catch(() => undefined);
  browser?.on('error', () => undefined);
}

function portNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new InvalidArgumentError('not a port');
  return number;
}
