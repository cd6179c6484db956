/** What a file is when it is imported: read with mediabunny, by ranges. */
import { ALL_FORMATS, CustomSource, Input, type InputVideoTrack } from 'mediabunny';
import type { MediaFacts, MediaFile } from './interface.ts';
import { probeStill } from './stills.ts';

/**
 * Null where no format or track is known in it; rejects where it breaks off. Pictures of codecs that are not known here are
 * imported all the same: Premiere decodes more than a browser does.
 */
export async function probeMedia(file: MediaFile): Promise<MediaFacts | null> {
  const still = await probeStill(file);
  if (still) return still;
  const source = new CustomSource({
    getSize: () => file.size,
    read: (start, end) => file.read(start, end - start),
    // What goes wrong outside of a read shows in the next one.
    handleUnhandledError: () => undefined,
  });
  const input = new Input({ formats: ALL_FORMATS, source });
  try {
    if (!(await input.canRead())) return null;
    const picture = await input.getPrimaryVideoTrack();
    const sounds = await input.getAudioTracks();
    const first = picture ?? sounds[0];
    if (!first || (!picture && (await first.getCodec()) === null)) return null;
    // What comes before the first frame is no part of the media: its time 0 is that frame.
    const begins = await first.getFirstTimestamp();
    const ends = await Promise.all(sounds.map(async (sound) => (await sound.computeDuration()) - begins));
    const channels = await Promise.all(sounds.map((sound) => sound.getNumberOfChannels()));
    const video = picture && (await pictureOf(picture));
    return {
      video,
      audioChannels: channels.reduce((sum, count) => sum + count, 0),
      seconds: Math.max(
        (await first.computeDuration()) - begins,
        ...ends.map((seconds) => wholeFrames(seconds, video?.rate)),
      ),
    };
  } finally {
    input.dispose();
  }
}

/** Of sound that goes on after the picture what fills frames: packets end a little later than what is to be heard. */
function wholeFrames(seconds: number, rate: number | undefined): number {
  return rate ? Math.floor(seconds * rate + 1e-6) / rate : seconds;
}

async function pictureOf(track: InputVideoTrack): Promise<MediaFacts['video']> {
  const [width, height] = [await track.getCodedWidth(), await track.getCodedHeight()];
  const aspect = exactAspect(width, await track.getPixelAspectRatio());
  const { bestGuessFrameRate } = await track.computeFrameRateMetrics();
  const codec = (await track.getCodec()) ?? '';
  const upright = (await track.getRotation()) % 180 === 0;
  const shared = { rate: bestGuessFrameRate, codec };
  return upright
    ? { width, height, pixelAspect: aspect, ...shared }
    : { width: height, height: width, pixelAspect: 1 / aspect, ...shared };
}

/** Shapes of pixels in use: ITU-R BT.601 in 4:3 and 16:9, HDV, DVCPRO HD, anamorphic. */
const ASPECTS = [16 / 15, 64 / 45, 8 / 9, 32 / 27, 12 / 11, 16 / 11, 10 / 11, 40 / 33, 4 / 3, 3 / 2, 2];

/** mediabunny tells the shape by whole pixels of the picture's width; the known one that rounds to it is meant. */
function exactAspect(width: number, { num, den }: { num: number; den: number }): number {
  const told = num / den;
  if (told === 1) return 1;
  return ASPECTS.find((known) => Math.abs(known - told) * width <= 0.5) ?? told;
}
