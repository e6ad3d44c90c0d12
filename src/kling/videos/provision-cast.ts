import type { VideoOrder, VideoTools } from '../../engines/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import { provisionElement } from '../elements/provision-element.ts';
import type { ElementBodyTools } from '../elements/write-element-body.ts';
import type { Stay } from '../tasks/at-its-account.ts';

/**
 * The upstream's ids of a cast, in its order, each made known there first where it isn't. All at once; when one can't be made the
 * others are still waited for, since they go on upstream anyway.
 */
export async function provisionCast(
  session: KlingSession,
  { workFolder, cast }: Pick<VideoOrder, 'workFolder' | 'cast'>,
  media: ElementBodyTools['media'],
  tools: VideoTools,
  { reconsider }: Pick<Stay, 'reconsider'>,
): Promise<string[]> {
  const bodyTools = {
    media,
    signal: tools.signal,
    publish: tools.publish.bind(tools),
    withdraw: tools.withdraw.bind(tools),
    onProgress: tools.onProgress.bind(tools),
    reconsider,
  };
  const settled = await Promise.allSettled(
    cast.map((element) => provisionElement(session, element, workFolder, bodyTools)),
  );
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
