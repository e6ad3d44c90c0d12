import type { Layer, Shot } from './plan.ts';
import type { AnimaticScript, ScriptShot } from './script.ts';
import { planCamera, restingCamera } from './stage/plan-camera.ts';
import { createStage, type Stage } from './stage/stage.ts';
import { stageCaption, stageWords } from './stage/stage-caption.ts';
import { stageCorners } from './stage/stage-corners.ts';
import { stageFigures } from './stage/stage-figures.ts';
import { stageIntroductions } from './stage/stage-introductions.ts';
import { stageFollowing, stageOverClip } from './stage/stage-over-clip.ts';
import { stagePinned } from './stage/stage-pinned.ts';
import { stageScene } from './stage/stage-scene.ts';
import { stageTilted } from './stage/stage-tilted.ts';
import type { Typesetter } from './text/typeset.ts';

/**
 * What is seen in every shot, from back to front, and how it moves. Pure: the same script, fonts and mover give the same
 * shots. `moverHeight` is the usual height of what moves in the clip as a share of the frame; null where that is unknown.
 */
export function planShots(script: AnimaticScript, typesetter: Typesetter, moverHeight: number | null): Shot[] {
  const stage = createStage(script, typesetter, moverHeight);
  return script.shots.map((shot, at) => ({
    frameCount: shot.frame_count,
    camera: isOverClip(shot) ? restingCamera : planCamera(shot, stage),
    layers: [
      ...stageTilted(shot, stage, [...stageScene(shot, stage), ...stageCast(shot, stage, script.shots.slice(0, at))]),
      ...stagePinned(shot, stage),
      ...(isWordsOnly(shot) ? stageWords(shot, stage) : stageCaption(shot, stage)),
      ...stageCorners(shot, at, stage),
    ],
  }));
}

function stageCast(shot: ScriptShot, stage: Stage, earlier: readonly ScriptShot[]): Layer[] {
  switch (shot.scene.kind) {
    case 'studio':
    case 'painted':
    case 'place':
      return stageFigures(shot, stage, earlier);
    case 'picture':
    case 'crossing':
      return stageIntroductions(shot, stage);
    case 'clip':
      return stageOverClip(shot, stage);
    case 'motion':
      return stageFollowing(shot, stage);
  }
}

function isOverClip({ scene }: ScriptShot): boolean {
  return scene.kind === 'clip' || scene.kind === 'motion';
}

function isWordsOnly({ scene, cast }: ScriptShot): boolean {
  return (scene.kind === 'studio' || scene.kind === 'painted') && cast.length === 0;
}
