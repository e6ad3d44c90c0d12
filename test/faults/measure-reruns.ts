interface LogLine {
  time: number;
  pid: number;
  msg: string;
  task_id?: string;
  attempt?: number;
}

interface Reruns {
  count: number;
  longestMs: number;
  /** Tasks whose next claim nobody could log, because its worker was killed in the same moment. */
  unseen: number;
  /** One sentence for each task that waited longer than the limit. */
  late: string[];
}

export interface Claims {
  measure(deaths: readonly { pid: number; at: number }[], limitMs: number): Reruns;
}

/**
 * How long the tasks of dead workers waited for their next claim. From the servers' logs, since only they know who had
 * which task; a measurement, no verdict on what became of it.
 */
export function parseClaims(logs: readonly string[]): Claims {
  const lines = logs.flatMap((log) => log.split('\n').flatMap(parseLine)).sort((a, b) => a.time - b.time);
  const claims = lines.filter((line) => line.msg === 'claimed');
  const ends = lines.filter((line) => line.msg !== 'claimed' && line.task_id !== undefined);
  return {
    measure(deaths, limitMs) {
      const reruns: Reruns = { count: 0, longestMs: 0, unseen: 0, late: [] };
      for (const claim of claims) {
        const death = deaths.find(({ pid, at }) => pid === claim.pid && at >= claim.time);
        if (death === undefined) continue;
        const same = (line: LogLine) => line.task_id === claim.task_id && line.time > claim.time;
        if (ends.some((line) => same(line) && line.pid === claim.pid && line.time <= death.at)) continue;
        const next = claims.find((line) => same(line) && line.time >= death.at);
        if (next === undefined) continue; // it had ended in the moment of death
        if (next.attempt !== (claim.attempt ?? 0) + 1) {
          reruns.unseen += 1;
          continue;
        }
        const waitedMs = next.time - death.at;
        reruns.count += 1;
        reruns.longestMs = Math.max(reruns.longestMs, waitedMs);
        if (waitedMs > limitMs) reruns.late.push(`${claim.task_id} ran again ${waitedMs} ms after its worker's death`);
      }
      return reruns;
    },
  };
}

function parseLine(line: string): LogLine[] {
  try {
    return line.startsWith('{') ? [JSON.parse(line) as LogLine] : [];
  } catch {
    return []; // cut off by a kill
  }
}
