import type { EngineJob, Region } from './engine/protocol.ts';

/** A picture's job for a part of it: the faces as they lie in the part, and without the networks for faces if none does. */
export function facesWithin(job: EngineJob, part: Region): EngineJob {
  const { faces, ...rest } = job;
  if (!faces) return job;
  const regions = faces.regions
    .map((each) => ({ ...each, x: each.x - part.x, y: each.y - part.y }))
    .filter(
      ({ x, y, width, height }) => x + width > 0 && y + height > 0 && x < part.width && y < part.height,
    );
  return regions.length > 0 ? { ...rest, faces: { ...faces, regions } } : rest;
}
