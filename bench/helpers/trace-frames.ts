import type { Page } from 'playwright-core';

/** What scrolling takes, a number for each frame in milliseconds. */
export interface TracedFrames {
  /** By the clock, from one frame to the next. */
  clock: number[];
  /** Processor time of the page's main thread in each, by Chromium's own trace: what others do on this machine isn't in it. */
  processor: number[];
  /** Most nodes of the document at the end of any. */
  nodesMax: number;
  /** Pictures that had come and were whole at the end, of all in the document. */
  pictures: { whole: number; all: number };
}

interface TraceEvent {
  name: string;
  cat: string;
  tts?: number;
}

/** Scrolls the page by so many pixels in each of `count` frames. Its clock (`page-clock.js`) marks each. */
export async function traceFrames(page: Page, count: number, pxPerFrame: number): Promise<TracedFrames> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['blink.user_timing'] },
  });
  const { frames, nodesMax } = await page.evaluate<{ frames: number[]; nodesMax: number }>(
    `pageClock.measureFrames(${count}, ${pxPerFrame})`,
  );
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await ended;
  await session.detach();
  const marks = events.filter(({ name, cat }) => name === 'frame' && cat.includes('blink.user_timing'));
  const times = marks.map(({ tts }) => (tts ?? Number.NaN) / 1000);
  const pictures = await page.evaluate<TracedFrames['pictures']>('pageClock.countPictures()');
  return {
    clock: frames,
    processor: times.slice(1).map((time, at) => time - (times[at] as number)),
    nodesMax,
    pictures,
  };
}
