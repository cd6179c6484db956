/**
 * The first of the two short modal states: the layer is checked, and the pixels of its part go into the spool, with the
 * part's coverage.
 */
import type { LayerSettings, Part } from '../../bridge/protocol.ts';
import { channelsOf, needColour } from './colour.ts';
import { describeLayer } from './descriptor.ts';
import {
  type Discardable,
  factsOf,
  type Job,
  plan,
  resultFormat,
  rowBytes,
  sizeProblem,
  sourceFormat,
} from './job.ts';
import { type Modal, stopIfCancelled } from './modal.ts';
import { boundsOfPart, partProblem, readCoverage } from './part.ts';
import { needLayer, pixelBounds, type Photoshop } from './photoshop.ts';
import { bytesOf, type LayerPixels, type PixelSamples, readStrips } from './pixels.ts';
import { refusalOf } from './report.ts';
import type { Spool } from './spool.ts';

export interface ReadRequest {
  readonly documentId: number;
  readonly layerId: number;
  readonly settings: LayerSettings;
  readonly part: Part;
  /** There will be no result to make room for. */
  readonly lookOnly: boolean;
}

/** Of all the time reading takes, what the coverage takes where there is one. */
const COVERED = 0.3;

/** Rejects with the layer's refusal if it has one, and with `cancelled` within one strip of being discarded. */
export function readLayer(
  ps: Photoshop,
  modal: Modal,
  { documentId, layerId, settings, part, lookOnly }: ReadRequest,
  spool: Spool,
  wish: Discardable,
): Promise<Job> {
  return modal(modal.words.reading, async (context) => {
    stopIfCancelled(context, wish);
    const { document, layer } = needLayer(ps, documentId, layerId);
    const described = await describeLayer(ps, documentId, layerId);
    const whole = pixelBounds(layer);
    const { colour, depth } = needColour(ps, document);
    const refusal =
      refusalOf(ps, document, layer, described) ?? partProblem(document, layer, whole, part, described);
    if (refusal) throw refusal;
    const stop = (): void => stopIfCancelled(context, wish);
    const bounds = part === 'layer' ? whole : await boundsOfPart(ps, document, layer, whole, part, stop);
    const { enlargement, target } = plan(document, whole, bounds, settings);
    const tooLarge = sizeProblem(document, { settings, enlargement, target });
    if (tooLarge) throw tooLarge;

    const channels = channelsOf(colour, layer);
    const pixels: LayerPixels = { documentId, layerId, whole, bounds, channels, depth, colour };
    const source = sourceFormat(pixels);
    const result = resultFormat({ pixels, target });
    // A disk that is too full is to be met now, and not when the model has worked for an hour.
    const lengths = {
      input: source.height * rowBytes(source),
      result: lookOnly ? 0 : result.height * rowBytes(result),
      coverage: part === 'layer' ? 0 : source.width * source.height,
    };
    await spool.reserve(lengths, stop);
    if (part !== 'layer') {
      for await (const { y, rows, coverage } of readCoverage(ps, document, layer, bounds, part)) {
        await spool.write('coverage', y * source.width, coverage);
        context.reportProgress({ value: (COVERED * (y + rows)) / source.height });
        stop();
      }
    }
    const begun = part === 'layer' ? 0 : COVERED;
    let range: Job['range'];
    for await (const { y, rows, samples } of readStrips(ps, pixels)) {
      if (depth === 32) range = widened(range, samples, channels);
      await spool.write('input', y * rowBytes(source), bytesOf(samples));
      context.reportProgress({ value: begun + ((1 - begun) * (y + rows)) / source.height });
      stop();
    }
    const facts = factsOf(ps, document);
    const about = { documentId, layerId, layerName: layer.name, settings, part };
    return { ...about, document: facts, pixels, ...(range && { range }), enlargement, target, spool };
  });
}

/** Colour alone, and only where it is seen; what is no number says nothing of the range. */
function widened(
  known: Job['range'],
  samples: PixelSamples,
  channels: LayerPixels['channels'],
): NonNullable<Job['range']> {
  const colours = channels < 3 ? 1 : 3;
  let { low, high } = known ?? { low: 0, high: 1 };
  for (let i = 0; i < samples.length; i += channels) {
    if (channels > colours && samples[i + colours] === 0) continue;
    for (let c = i; c < i + colours; c += 1) {
      const sample = samples[c] ?? 0;
      if (sample < low && sample > -Infinity) low = sample;
      if (sample > high && sample < Infinity) high = sample;
    }
  }
  return { low, high };
}
