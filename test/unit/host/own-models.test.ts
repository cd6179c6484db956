import { describe, expect, test } from '@jest/globals';
import { decodeBase64 } from '../../../src/bridge/base64.ts';
import { serveHost } from '../../../src/bridge/host.ts';
import { bridgeFile } from '../../../src/bridge/own-models.ts';
import { connectHost } from '../../../src/bridge/page.ts';
import { CHUNK_BYTES, OWN_MODEL_BYTES, PROTOCOL } from '../../../src/bridge/protocol.ts';
import { ownModels } from '../../../src/host/own-models.ts';
import { hostWith, silentPage, wire } from '../bridge/wire.ts';
import { fakeFs } from './fake-fs.ts';

const FOLDER = 'plugin-data:/models';
const never = new AbortController().signal;

/** The calls as they reach a host, over the wire. */
async function joined() {
  const disk = fakeFs();
  const ports = wire();
  serveHost(ports.host, hostWith(ownModels({ fs: disk.fs, uxp: disk.uxp, why: 'the folder' })));
  const host = connectHost(silentPage, ports.page);
  await host.hello({ protocol: PROTOCOL });
  const put = (name: string, bytes: Uint8Array<ArrayBuffer> = new Uint8Array([1, 2, 3])): void => {
    disk.folders.add(FOLDER);
    disk.files.set(`${FOLDER}/${name}`, bytes);
  };
  return { disk, host, ports, put };
}

describe('the user’s own models', () => {
  test('a folder that is missing is made, and is empty', async () => {
    const { host, disk } = await joined();
    expect(await host.ownModels({})).toEqual({ folder: '/data/models', models: [] });
    expect(disk.folders.has(FOLDER)).toBe(true);
  });

  test('ONNX files are listed by name; folders, links and whatever else is not', async () => {
    const { host, disk, put } = await joined();
    for (const name of ['b.onnx', 'A größer.ONNX', 'notes.txt', '.hidden.onnx', 'link.onnx']) put(name);
    disk.links.add(`${FOLDER}/link.onnx`);
    disk.folders.add(`${FOLDER}/folder.onnx`);
    expect((await host.ownModels({})).models).toEqual([
      { name: 'A größer.ONNX', size: 3 },
      { name: 'b.onnx', size: 3 },
    ]);
  });

  test('a file arrives whole, over several calls', async () => {
    const { host, put } = await joined();
    const bytes = Uint8Array.from({ length: 5 * CHUNK_BYTES + 17 }, (_, i) => (i * 31 + (i >> 11)) & 255);
    put('big.onnx', bytes);
    const [listed] = (await host.ownModels({})).models;
    if (!listed) throw new Error('nothing is listed');
    const read = await bridgeFile(host, listed).read(never);
    expect(Buffer.from(read).equals(Buffer.from(bytes))).toBe(true);
    expect(read.buffer.byteLength).toBe(bytes.length);
  });

  test.each([
    '../layers.onnx',
    'a/b.onnx',
    'a\\b.onnx',
    'C:evil.onnx',
    '..',
    '.onnx',
    'x\u0000.onnx',
    'layers.json',
    '',
  ])('the name %j reaches nothing', async (name) => {
    const { host, ports, disk, put } = await joined();
    put('a.onnx');
    disk.files.set('plugin-data:/layers.onnx', new Uint8Array([9]));
    const asked = { name, position: 0, length: 1 };
    await expect(host.readOwnModel(asked)).rejects.toMatchObject({ code: 'bad-message' });
    const answers: unknown[] = [];
    const answered = new Promise<void>((resolve) => {
      ports.page.onMessage((message) => {
        answers.push(message);
        resolve();
      });
    });
    ports.injectIntoHost({ loupe: { t: 'q', i: '9', m: 'readOwnModel', a: [asked] } });
    await answered;
    expect(JSON.stringify(answers)).toContain('"code":"bad-message"');
  });

  test('a link is not followed, and a folder is not read', async () => {
    const { host, disk, put } = await joined();
    put('link.onnx');
    disk.links.add(`${FOLDER}/link.onnx`);
    disk.folders.add(`${FOLDER}/folder.onnx`);
    for (const name of ['link.onnx', 'folder.onnx', 'none.onnx']) {
      await expect(host.readOwnModel({ name, position: 0, length: 1 })).rejects.toMatchObject({
        code: 'model-unfit',
      });
    }
  });

  test('a file too large to be a model is refused by both ends', async () => {
    const { host, disk, put } = await joined();
    put('huge.onnx');
    disk.sizes.set(`${FOLDER}/huge.onnx`, OWN_MODEL_BYTES + 1);
    const [listed] = (await host.ownModels({})).models;
    if (!listed) throw new Error('nothing is listed');
    const refused = {
      code: 'model-unfit',
      message: 'This model cannot be used: huge.onnx is larger than 200 MB.',
    };
    await expect(bridgeFile(host, listed).read(never)).rejects.toMatchObject(refused);
    await expect(host.readOwnModel({ name: 'huge.onnx', position: 0, length: 1 })).rejects.toMatchObject(
      refused,
    );
  });

  test('a file that shrinks while it is read is told of, and an abort ends the reading', async () => {
    const { host, put, disk } = await joined();
    put('a.onnx', new Uint8Array(3 * CHUNK_BYTES));
    disk.sizes.set(`${FOLDER}/a.onnx`, 4 * CHUNK_BYTES);
    const [listed] = (await host.ownModels({})).models;
    if (!listed) throw new Error('nothing is listed');
    await expect(bridgeFile(host, listed).read(never)).rejects.toMatchObject({
      code: 'model-unfit',
      message: 'This model cannot be used: a.onnx was changed while it was read.',
    });
    await expect(bridgeFile(host, listed).read(AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  test('bytes come from the place that was asked for', async () => {
    const { host, put } = await joined();
    put('a.onnx', new Uint8Array([10, 11, 12, 13]));
    const { bytes } = await host.readOwnModel({ name: 'a.onnx', position: 1, length: 2 });
    expect([...decodeBase64(bytes)]).toEqual([11, 12]);
  });

  test('the folder is shown, made if need be; a refusal is told', async () => {
    const { host, disk } = await joined();
    expect(await host.showModelsFolder({})).toBeNull();
    expect(disk.shown).toEqual(['/data/models']);
    await expect(host.showModelsFolder({})).rejects.toMatchObject({
      code: 'host-failed',
      detail: 'The user refused',
    });
  });
});
