import type { ElementFile, ElementManifest, SourceFacts } from '../media/index.ts';
import type { ElementSummary } from './element-engine.ts';

/** It is sent with every answer about a task and kept with it. */
export const summaryBytesMax = 4096;

/**
 * What a caller wants to know of an element without fetching its manifest. At most {@link summaryBytesMax} bytes as JSON:
 * where the warnings are too many for that, the last ones are left out and only counted.
 */
export function summarizeManifest(manifest: ElementManifest): ElementSummary {
  const { frontal_image, colors, placeholder_hash, sources, files, report } = manifest;
  const warnings = report.filter(({ level }) => level === 'warning').map(({ level, ...rest }) => rest);
  const summary: ElementSummary = {
    frontal_image,
    colors,
    placeholder_hash,
    sources: sources.map(summarizeSource),
    warnings: [],
    warning_count: warnings.length,
    scene_count: countScenes(sources),
    voice: summarizeVoice(sources, files),
    files: nameByRole(files),
  };
  for (const warning of warnings) {
    summary.warnings.push(warning);
    if (Buffer.byteLength(JSON.stringify(summary)) <= summaryBytesMax) continue;
    summary.warnings.pop();
    break;
  }
  return summary;
}

function summarizeSource({ role, facts }: SourceFacts): ElementSummary['sources'][number] {
  if (facts.kind === 'image') {
    return { role, matte_confidence: facts.matte_confidence, same_subject: facts.same_subject };
  }
  const scores = facts.frames.flatMap(({ same_subject }) => same_subject ?? []);
  return {
    role,
    matte_confidence: facts.frames[0]?.matte_confidence ?? 0,
    same_subject: scores.length === 0 ? null : Math.min(...scores),
  };
}

function countScenes(sources: readonly SourceFacts[]): number | null {
  for (const { facts } of sources) if (facts.kind === 'clip') return facts.scenes.length;
  return null;
}

function summarizeVoice(sources: readonly SourceFacts[], files: readonly ElementFile[]): ElementSummary['voice'] {
  const file = files.find(({ role }) => role === 'voice');
  const facts = sources[file?.source ?? -1]?.facts;
  if (file?.duration_seconds === undefined || facts?.kind !== 'clip' || facts.sound === null) return null;
  const { loudness_dbfs, speech } = facts.sound;
  return { duration_seconds: file.duration_seconds, loudness_dbfs, speech_likely: speech?.likely ?? null };
}

function nameByRole(files: readonly ElementFile[]): ElementSummary['files'] {
  const names: ElementSummary['files'] = {};
  for (const { role, name } of files) names[role] = [...(names[role] ?? []), name];
  return names;
}
