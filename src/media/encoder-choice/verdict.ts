import { type Static, Type } from 'typebox';

/** Seconds for the clip of the trial, or why it wasn't encoded. */
const Outcome = Type.Union([
  Type.Object({ seconds: Type.Number({ exclusiveMinimum: 0 }) }),
  Type.Object({ failed: Type.String() }),
]);
export type Outcome = Static<typeof Outcome>;

/** What a verdict holds for: another version or processor may give another one. */
export const Versions = Type.Object({ ffmpeg: Type.String(), node_av: Type.String(), processor: Type.String() });
export type Versions = Static<typeof Versions>;

/** Which of two encoders is the quicker one on this machine. */
export const Verdict = Type.Object({
  taken: Type.Union([Type.Literal('ffmpeg'), Type.Literal('node-av')]),
  of: Versions,
  ffmpeg: Outcome,
  node_av: Outcome,
});
export type Verdict = Static<typeof Verdict>;

/** Of two that are as good as equal the one in a process of its own is taken: a fault of it ends no other work. */
const shareMax = 0.95;

/** node-av where it takes clearly less, or where ffmpeg fails; null where both fail. */
export function judge(of: Versions, ffmpeg: Outcome, node_av: Outcome): Verdict | null {
  if ('failed' in ffmpeg && 'failed' in node_av) return null;
  const isQuicker = 'seconds' in node_av && ('failed' in ffmpeg || node_av.seconds <= shareMax * ffmpeg.seconds);
  return { taken: isQuicker ? 'node-av' : 'ffmpeg', of, ffmpeg, node_av };
}

/** Whether it may stand in the way of no later one: a failure may have been a bad moment, so it counts for one process only. */
export function isLasting({ ffmpeg, node_av }: Verdict): boolean {
  return 'seconds' in ffmpeg && 'seconds' in node_av;
}

/** One sentence with the figures. */
export function describeVerdict({ taken, ffmpeg, node_av }: Verdict): string {
  const tell = (name: string, outcome: Outcome) =>
    'seconds' in outcome ? `${name} took ${outcome.seconds.toFixed(2)} s` : `${name} failed (${outcome.failed})`;
  return `${taken} is taken: for two seconds of video at 720p ${tell('ffmpeg', ffmpeg)}, ${tell('node-av', node_av)}`;
}
