/** The render of a job, from where its journal ends. */
import { outFormat } from './codecs.ts';
import { proresEncoder, webEncoder } from './encode.ts';
import { openFilm } from './film.ts';
import { FramesFolder, stillEncoder } from './frames-folder.ts';
import type { RenderOutput } from './render-output.ts';
import type { RemasterJob, RemoteRender } from './types.ts';

/** Rejects with `codec-unencodable`. */
export async function openRenderOutput(job: RemasterJob, render: RemoteRender): Promise<RenderOutput> {
  const { codec, target, rate } = job;
  const { colour } = outFormat(job);
  if (codec === 'png' || codec === 'tiff') {
    return new FramesFolder({ ...job, codec }, render, stillEncoder(codec, colour));
  }
  const makeEncoder = codec === 'prores' ? proresEncoder(job) : await webEncoder(job);
  return openFilm({ ...target, codec, rate, colour }, job.end - job.first, render, makeEncoder);
}
