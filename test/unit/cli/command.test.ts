/** The command as it is typed: its exit codes, what it prints and what it leaves on the disk. */
import { mkdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { describe, expect, jest, test } from '@jest/globals';
import sharp from 'sharp';
import { readCatalog } from '../../../src/cli/model.ts';
import { run } from '../../../src/cli/run.ts';
import { draw, enhanceCommand, namesIn, npmRunEnhance, readStored, withFolder } from './command.ts';
import { repeating } from './networks.ts';

const small = { width: 16, height: 12, channels: 3, depth: 8 } as const;
const picture = () => draw(small, (x, y, channel) => (x * 13 + y * 17 + channel * 40) % 256);
const noisy = () => draw({ ...small, width: 64, height: 64 }, (x, y) => (x * 7919 + y * 104729) % 256);

function lines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

describe('a run over many pictures', () => {
  test('does what it can, names each bad file, keeps existing ones and ends with 1', async () => {
    await withFolder(async (path) => {
      await mkdir(path('in'));
      await picture().png().toFile(path('in/a good.png'));
      await picture().jpeg().toFile(path('in/second.JPG'));
      await writeFile(path('in/empty.png'), '');
      await writeFile(path('in/text.tif'), 'This is no picture at all, whatever its name says.');
      await writeFile(path('in/notes.txt'), 'not looked at');
      for (const name of ['cut.png', 'cut.jpg', 'cut.webp', 'cut.tif']) {
        await noisy().toFile(path(`in/${name}`));
        await truncate(path(`in/${name}`), 700);
      }
      const huge = await picture().png().toBuffer();
      huge.writeUInt32BE(200_000, 16);
      huge.writeUInt32BE(200_000, 20);
      await writeFile(path('in/huge.png'), withHeaderCrc(huge));
      await draw({ width: 4100, height: 1, channels: 3, depth: 8 }, () => 9)
        .webp()
        .toFile(path('in/wide.webp'));
      await picture().png().toFile(path('in/exists.png'));
      await mkdir(path('out'));
      await writeFile(path('out/exists-2x.png'), 'mine');

      // wide.webp would be 8,200 wide at 2×, which WebP holds; listed again at the end it is the same output.
      const args = [path('in'), path('gone.png'), path('in/second.JPG')];
      const ran = await enhanceCommand([
        ...args,
        '-o',
        path('out'),
        ...['--model', 'art', '--detail', '35', '--noise', '90', '--sharpness', '20'],
        ...['--scale', '2', '--json'],
      ]);

      expect(ran.code).toBe(1);
      const failed = (name: string, code: string) => ({
        input: path(name),
        error: { code, message: expect.stringMatching(/\.$/) as unknown },
      });
      const done = (name: string, output: string, width: number, height: number) => ({
        input: path(name),
        output: path(output),
        model: 'art',
        reason: null,
        quality: 'fast',
        detail: 35,
        noise: 90,
        sharpness: 20,
        faces: null,
        scale: 2,
        network: 2,
        interpolation: 1,
        backend: 'native',
        width,
        height,
        tiles: expect.any(Number) as unknown,
        ms: expect.any(Number) as unknown,
      });
      expect(lines(ran.stdout)).toEqual([
        done('in/a good.png', 'out/a good-2x.png', 32, 24),
        failed('in/cut.jpg', 'file-damaged'),
        failed('in/cut.png', 'file-damaged'),
        failed('in/cut.tif', 'file-damaged'),
        failed('in/cut.webp', 'file-damaged'),
        failed('in/empty.png', 'file-empty'),
        failed('in/exists.png', 'output-exists'),
        failed('in/huge.png', 'file-too-large'),
        done('in/second.JPG', 'out/second-2x.JPG', 32, 24),
        failed('in/text.tif', 'file-not-image'),
        done('in/wide.webp', 'out/wide-2x.webp', 8200, 2),
        failed('gone.png', 'file-missing'),
        failed('in/second.JPG', 'output-taken'),
      ]);
      expect(ran.stderr).toContain('in/cut.jpg: the picture is damaged or cut short.');
      expect(ran.stderr).toContain('10 of 13 pictures failed.');
      // Nothing of the failed ones is left, hidden folders included.
      expect(await namesIn(path('out'))).toEqual([
        'a good-2x.png',
        'exists-2x.png',
        'second-2x.JPG',
        'wide-2x.webp',
      ]);
      expect(await readFile(path('out/exists-2x.png'), 'utf8')).toBe('mine');
      expect(await readStored(path('out/a good-2x.png'))).toMatchObject({
        width: 32,
        height: 24,
        channels: 3,
      });
      expect((await sharp(path('out/second-2x.JPG')).metadata()).format).toBe('jpeg');
    });
  });
});

describe('one picture', () => {
  test('through npm run enhance, with WASM, into another format, in place of an existing file', async () => {
    await withFolder(async (path) => {
      await picture().png().toFile(path('a.png'));
      await writeFile(path('b.tif'), 'old');
      const args = [
        path('a.png'),
        '-o',
        path('b.tif'),
        '--backend',
        'wasm',
        '--scale',
        '3',
        '--model',
        'art',
      ];
      const ran = await npmRunEnhance([...args, '--overwrite']);
      expect(ran.code).toBe(0);
      expect(ran.stdout).toContain(`${path('a.png')} → ${path('b.tif')}  48 × 36 pixels`);
      const { format, width, height } = await sharp(path('b.tif')).metadata();
      expect([format, width, height]).toEqual(['tiff', 48, 36]);
      expect(await namesIn(path(''))).toEqual(['a.png', 'b.tif']);
    });
  });

  test('without a word of what it shows is looked at, and the line says what was found', async () => {
    await withFolder(async (path) => {
      await picture().png().toFile(path('a.png'));
      const ran = await enhanceCommand([path('a.png'), '-o', path('b.png')]);
      expect(ran.code).toBe(0);
      expect(ran.stdout).toMatch(
        /b\.png {2}64 × 48 pixels, \d+ s, landscape: too small to tell what it shows\n$/,
      );
    });
  });

  test('is never written over itself, by whatever name and whatever is asked for', async () => {
    await withFolder(async (path) => {
      await picture().png().toFile(path('a.png'));
      const before = await readFile(path('a.png'));
      await symlink(path('a.png'), path('link.png'));
      const ran = await enhanceCommand([path('a.png'), '-o', path('link.png'), '--overwrite', '--json']);
      expect(ran.code).toBe(1);
      expect(lines(ran.stdout)).toEqual([
        { input: path('a.png'), error: { code: 'output-is-input', message: expect.any(String) as unknown } },
      ]);
      expect(await readFile(path('a.png'))).toEqual(before);
      expect(await namesIn(path(''))).toEqual(['a.png', 'link.png']);
    });
  });

  test('whose output cannot be written is refused before the model runs', async () => {
    await withFolder(async (path) => {
      await picture().png().toFile(path('a.png'));
      const ran = await enhanceCommand([path('a.png'), '-o', path('no such folder/b.png'), '--json']);
      expect(ran.code).toBe(1);
      expect(lines(ran.stdout)).toMatchObject([{ error: { code: 'output-unwritable' } }]);
      expect(ran.stderr).toContain('no such folder/b.png cannot be written');
      expect(await namesIn(path(''))).toEqual(['a.png']);
    });
  });

  test('too wide for the output’s format is refused, with what to do', async () => {
    await withFolder(async (path) => {
      await draw({ width: 4100, height: 1, channels: 3, depth: 8 }, () => 9)
        .png()
        .toFile(path('a.png'));
      const ran = await enhanceCommand([path('a.png'), '-o', path('b.webp')]);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain('16400 × 4 pixels');
      expect(ran.stderr).toContain('.tif');
      expect(ran.stdout).toBe('');
    });
  });
});

describe('models of the user’s own', () => {
  test('are listed below Loupe’s', async () => {
    await withFolder(async (path) => {
      await writeFile(path('Twice.onnx'), repeating(2));
      await writeFile(path('text.onnx'), 'not a network');
      const ran = await enhanceCommand(['--list-models', '--models', path('')]);
      expect(ran.code).toBe(0);
      const { entries } = await readCatalog();
      for (const { model, quality } of entries) {
        expect(ran.stdout).toMatch(
          new RegExp(`^${model} +${quality} +[\\d.]+ MB +[\\d.]+ · 10¹² a megapixel +\\S*BSD-3-Clause`, 'm'),
        );
      }
      expect(ran.stdout).toMatch(/^Twice\.onnx +0\.0 MB +× 2/m);
      expect(ran.stdout).toMatch(/^text\.onnx .*refused +This model cannot be used: /m);
      expect(await namesIn(path(''))).toEqual(['Twice.onnx', 'text.onnx']);
    });
  });

  test('are named in the line; beyond their scale the rest is interpolated; detail is wrong usage', async () => {
    await withFolder(async (path) => {
      await picture().png().toFile(path('a.png'));
      await writeFile(path('Twice.onnx'), repeating(2));
      const own = [path('a.png'), '-o', path('b.png'), '--models', path(''), '--model', 'Twice', '--json'];
      const ran = await enhanceCommand([...own, '--scale', '2']);
      expect(ran.code).toBe(0);
      expect(lines(ran.stdout)).toMatchObject([
        { model: 'own:Twice.onnx', detail: null, width: 32, height: 24 },
      ]);

      const larger = await enhanceCommand([...own, '--overwrite']);
      expect(larger.code).toBe(0);
      expect(lines(larger.stdout)).toMatchObject([
        { scale: 4, network: 2, interpolation: 2, width: 64, height: 48 },
      ]);
      expect(larger.stderr).toContain('2× is made by the model and the last 2× by interpolation.');
      const detailed = await enhanceCommand([...own, '--overwrite', '--scale', '2', '--detail', '5']);
      expect([detailed.code, detailed.stdout]).toEqual([2, '']);
      expect(detailed.stderr).toContain('--quality and --detail are for Loupe’s models');
    });
  });
});

test('Ctrl-C ends the run with 130, leaves the existing output as it was and nothing beside it', async () => {
  await withFolder(async (path) => {
    await draw({ width: 1500, height: 1500, channels: 3, depth: 8 }, (x, y) => (x * 31 + y * 57) % 256)
      .png()
      .toFile(path('a.png'));
    await writeFile(path('b.png'), 'old');
    let watching: NodeJS.Timeout | undefined;
    const ran = await enhanceCommand(
      [path('a.png'), '-o', path('b.png'), '--overwrite', '--json'],
      (child) => {
        // Once the result's rows have a file, the model is running.
        watching = setInterval(() => {
          void hiddenFiles(path('')).then((names) => {
            if (names.includes('result-0.v')) child.kill('SIGINT');
          });
        }, 50);
      },
    ).finally(() => clearInterval(watching));
    expect(ran.code).toBe(130);
    expect(lines(ran.stdout)).toMatchObject([{ input: path('a.png'), error: { code: 'cancelled' } }]);
    expect(await readFile(path('b.png'), 'utf8')).toBe('old');
    expect(await namesIn(path(''))).toEqual(['a.png', 'b.png']);
  });
});

test.each([
  ['an unknown option', ['a.png', '-o', 'b.png', '--sharper'], 'unknown option'],
  ['an unknown model', ['a.png', '-o', 'b.png', '--model', 'cats'], 'Choose auto, face, landscape, art'],
  [
    'a model file that is not there',
    ['a.png', '-o', 'b.png', '--model', 'c.onnx'],
    'c.onnx: there is no such',
  ],
  ['an unknown quality', ['a.png', '-o', 'b.png', '--quality', 'good'], 'fast, best'],
  ['a detail beyond 100', ['a.png', '-o', 'b.png', '--detail', '101'], 'a whole number from 0 to 100'],
  ['a noise below 0', ['a.png', '-o', 'b.png', '--noise', '-1'], 'a whole number from 0 to 100'],
  ['a sharpness in parts', ['a.png', '-o', 'b.png', '--sharpness', '0.5'], 'a whole number from 0 to 100'],
  ['a folder of models that is none', ['--list-models', '--models', 'gone'], 'gone: there is no such folder'],
  ['a scale beyond 16', ['a.png', '-o', 'b.png', '--scale', '16.5'], 'any other number from 1 to 16'],
  ['a scale that shrinks', ['a.png', '-o', 'b.png', '--scale', '0.5'], 'any other number from 1 to 16'],
  ['a width in parts', ['a.png', '-o', 'b.png', '--width', '100.5'], 'a whole number of pixels'],
  ['a print without its ppi', ['a.png', '-o', 'b.png', '--print', '60cm'], 'such as 60cm@300'],
  [
    'a scale and a width',
    ['a.png', '-o', 'b.png', '--scale', '2', '--width', '900'],
    "cannot be used with option '--width <pixels>'",
  ],
  [
    'a height and a print',
    ['a.png', '-o', 'b.png', '--print', '6cm@300', '--height', '900'],
    "cannot be used with option '--print <size>'",
  ],
  ['no output', ['a.png'], '--output'],
  ['no input', ['-o', 'b.png'], 'missing required argument'],
  [
    'an output format Loupe does not write',
    ['a.png', '-o', 'b.gif'],
    'Loupe writes .png, .jpg, .webp and .tif',
  ],
  ['several inputs for one file', ['a.png', 'b.png', '-o', 'c.png'], 'several pictures'],
])('%s is wrong usage: exit code 2 and a line that says so', async (_what, args, line) => {
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text);
      return true;
    });
  }
  const code = await run(args, new AbortController().signal).finally(() => jest.restoreAllMocks());
  expect([code, written.stdout]).toEqual([2, '']);
  expect(written.stderr).toContain(line);
});

/** What lies in the hidden folders of a folder. */
async function hiddenFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await namesIn(folder)) {
    if (name.startsWith('.')) found.push(...(await namesIn(`${folder}/${name}`).catch(() => [])));
  }
  return found;
}

/** Puts the right checksum behind a PNG's changed header. */
function withHeaderCrc(png: Buffer): Buffer {
  let crc = 0xffffffff;
  for (const byte of png.subarray(12, 29)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  png.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 29);
  return png;
}
