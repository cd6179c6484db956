/** `npm start`: serves the emulated Photoshop and the emulated Premiere, and opens both in the browser. */
import { Command, InvalidArgumentError } from 'commander';
import open from 'open';
import { startServer } from './server.ts';

const { port, open: show } = new Command('npm start --')
  .description(
    'Opens an emulated Photoshop and an emulated Premiere, each with the Loupe panel, in the browser.',
  )
  .option('--port <number>', 'the port to serve on; 8420, or any free one, unless given', portNumber)
  .option('--no-open', 'only print the addresses')
  .parse()
  .opts<{ port?: number; open: boolean }>();

const { url } =
  port === undefined ? await startServer(8420).catch(() => startServer()) : await startServer(port);
const premiere = `${url}premiere.html`;
console.log(`Emulated Photoshop: ${url}\nEmulated Premiere:  ${premiere}\nPress Ctrl+C to stop.`);
if (show) {
  // A machine without a browser or a screen is no reason to stop serving.
  for (const address of [premiere, url]) {
    const browser = await open(address).catch(() => undefined);
    browser?.on('error', () => undefined);
  }
}

function portNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new InvalidArgumentError('not a port');
  return number;
}
