/** Small projects for the tests of the emulated Premiere, and tests that belong to a rule of its rules.ts. */
import { test } from '@jest/globals';
import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import {
  createPremiere,
  type Modules,
  type Premiere,
  type PremiereOptions,
} from '../../../simulator/premiere/index.ts';
import { rules } from '../../../simulator/premiere/rules.ts';

/** A test in which a plugin breaks a rule of rules.ts, or keeps it. */
export function rule(id: string, sentence: string, run: () => Promise<void> | void): void {
  if (!rules.some((each) => each.id === id)) throw new Error(`There is no rule ${id}`);
  test(`${sentence} (${id})`, async () => {
    await run();
  });
}

export interface ClipOptions {
  readonly frames?: number;
  readonly rate?: readonly [number, number];
  readonly width?: number;
  readonly height?: number;
  readonly sound?: boolean;
  readonly rotation?: 0 | 90 | 180 | 270;
  /** When the first frame shows, in the file's time. */
  readonly begins?: number;
}

/** An MP4 whose packets hold nothing that could be decoded: Node has no encoders, and an import looks at the index. */
export async function mp4(options: ClipOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { frames = 50, rate: [top, bottom] = [25, 1], width = 96, height = 64, sound = true } = options;
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat(), target });
  const video = new EncodedVideoPacketSource('vp9');
  const audio = new EncodedAudioPacketSource('pcm-s16');
  output.addVideoTrack(video, { rotation: options.rotation ?? 0 });
  if (sound) output.addAudioTrack(audio);
  await output.start();
  const config = { codec: 'vp09.00.10.08', codedWidth: width, codedHeight: height };
  for (let frame = 0; frame < frames; frame++) {
    const [start, end] = [(frame * bottom) / top, ((frame + 1) * bottom) / top];
    const packet = new EncodedPacket(
      new Uint8Array([frame & 255]),
      'key',
      start + (options.begins ?? 0),
      end - start,
    );
    await video.add(packet, { decoderConfig: config });
  }
  if (sound) {
    const seconds = (frames * bottom) / top;
    const samples = new Uint8Array(Math.round(seconds * 8000) * 4);
    await audio.add(new EncodedPacket(samples, 'key', 0, seconds), {
      decoderConfig: { codec: 'pcm-s16', numberOfChannels: 2, sampleRate: 8000 },
    });
  }
  await output.finalize();
  if (!target.buffer) throw new Error('Nothing was written');
  return new Uint8Array(target.buffer);
}

/** A PNG's signature and header: as far as an import reads it. */
export function pngHeader(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(64);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x89504e47);
  view.setUint32(4, 0x0d0a1a0a);
  view.setUint32(8, 13);
  view.setUint32(12, 0x49484452);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

export const TICKS = 254_016_000_000n;
/** A frame at 25 frames a second. */
export const FRAME = TICKS / 25n;
export const frames = (count: number): string => String(FRAME * BigInt(count));

/** Of two seconds at 25 frames a second, 96 × 64, with sound. */
export const CLIP = '/Users/user/Movies/clip.mp4';

export interface Opened extends Premiere<Modules> {
  readonly sequenceId: string;
  readonly itemId: string;
  /** On V1 and A1 from frame 10 to 30 of the sequence, from frame 5 of the file on. */
  readonly clipId: string;
}

/** A project with one clip on the timeline of a sequence of 1920 × 1080 at 25 frames a second. */
export async function open(options: PremiereOptions = {}): Promise<Opened> {
  const premiere = createPremiere(options);
  const { user, disk } = premiere.simulator;
  await disk.write(CLIP, await mp4());
  const itemId = await user.importMedia(CLIP);
  const sequenceId = user.createSequence({ name: 'Edit', width: 1920, height: 1080, rate: 25 });
  if (itemId === null) throw new Error('The clip was not imported');
  const clipId = user.placeItem(sequenceId, itemId, {
    at: frames(10),
    inTicks: frames(5),
    outTicks: frames(25),
  });
  if (clipId === null) throw new Error('The clip was not placed');
  return { ...premiere, sequenceId, itemId, clipId };
}

export type Ppro = Modules['premierepro'];

/** The project and its active sequence, got anew. */
export async function handles({ modules: { premierepro: ppro } }: Opened) {
  const project = await ppro.Project.getActiveProject();
  const sequence = await project.getActiveSequence();
  const track = await sequence.getVideoTrack(0);
  const [item] = track.getTrackItems(ppro.Constants.TrackItemType.CLIP, false);
  if (!item) throw new Error('There is no clip');
  const projectItem = await item.getProjectItem();
  return {
    ppro,
    project,
    sequence,
    track,
    item,
    projectItem,
    editor: ppro.SequenceEditor.getEditor(sequence),
  };
}

type Handles = Awaited<ReturnType<typeof handles>>;
type Action = Parameters<
  Parameters<Parameters<Handles['project']['executeTransaction']>[0]>[0]['addAction']
>[0];

/** One transaction of what `make` makes, in the way that works. */
export async function transact(
  opened: Opened,
  name: string,
  make: (handles: Handles) => readonly Action[],
): Promise<boolean> {
  const held = await handles(opened);
  let done = false;
  held.project.lockedAccess(() => {
    done = held.project.executeTransaction((compound) => {
      for (const action of make(held)) compound.addAction(action);
    }, name);
  });
  return done;
}

/** The clips of a track as [name, start, end, in, out], the times in frames of 25 a second. */
export function clipsOn({ simulator, sequenceId }: Opened, track: number, kind: 'video' | 'audio' = 'video') {
  const sequence = simulator.view().project?.sequences.find(({ id }) => id === sequenceId);
  const tracks = kind === 'video' ? sequence?.videoTracks : sequence?.audioTracks;
  const inFrames = (ticks: string): number => Number(ticks) / Number(FRAME);
  return (tracks?.[track]?.clips ?? []).map(({ name, startTicks, endTicks, inTicks, outTicks }) => [
    name,
    ...[startTicks, endTicks, inTicks, outTicks].map(inFrames),
  ]);
}

export const project = ({ simulator }: Opened) => {
  const open = simulator.view().project;
  if (!open) throw new Error('No project is open');
  return open;
};

export const STALE = 'The script object is no longer valid';
