import { describe, expect, test } from 'vitest';
import type { VideoSpec } from '../video-engine.ts';
import { cameraWords } from './camera-words.ts';
import { chooseFrameSize } from './choose-frame-size.ts';
import { readDirections, readSize } from './read-directions.ts';
import { readPrompt } from './read-prompt.ts';
import { type ShotSources, writeShots } from './write-shots.ts';

describe('readPrompt', () => {
  test('marks become words, and tell who and what is meant, in the order of their mention', () => {
    const prompt =
      '<<<element_2>>> meets <<<element_1>>> in <<<image_2>>>, as in <<<video_1>>>; <<<element_2>>> waves.';
    expect(readPrompt(prompt, ['Rex', 'Sid'], ['start image', 'image 2'])).toEqual({
      text: 'Sid meets Rex in image 2, as in the video; Sid waves.',
      cast: [1, 0],
      images: [1],
    });
  });

  test('a name in plain words counts as well, a part of a word does not', () => {
    expect(readPrompt('rex sleeps.', ['Rex'], []).cast).toEqual([0]);
    expect(readPrompt('Rexona, prex', ['Rex'], []).cast).toEqual([]);
    expect(readPrompt('What (a) name?', ['(a) name?'], []).cast).toEqual([0]);
  });

  test('a mark beyond the list stays as it is', () => {
    expect(readPrompt('<<<element_3>>>', ['Rex'], []).text).toBe('<<<element_3>>>');
  });
});

describe('readDirections', () => {
  test.each([
    ['A close-up of her face', { framing: 'close' }],
    ['Extreme closeup', { framing: 'close' }],
    [
      'Close on <<<element_1>>> as it leaps over a ramp',
      { framing: 'close', actions: [{ kind: 'jump', from: 'left' }] },
    ],
    ['An aerial shot of the bay', { framing: 'wide', angle: 'high' }],
    ['Medium shot, the camera pans left', { framing: 'medium', move: 'left' }],
    ['The camera slowly zooms in', { move: 'push' }],
    ['Dolly out to a wide shot', { framing: 'wide', move: 'pull' }],
    ['Low angle, crane up', { angle: 'low', move: 'up', signs: ['LOW ANGLE', 'CRANE UP'] }],
    ['A whip pan to the door, handheld', { signs: ['WHIP PAN', 'HANDHELD'] }],
    ['The camera tracks from the left', { move: 'right', signs: ['TRACK RIGHT'] }],
    ['Static shot over the shoulder', { move: 'still', signs: ['OVER THE SHOULDER', 'STATIC'] }],
    ['She enters from the right', { actions: [{ kind: 'enter', from: 'right' }] }],
    ['A whip pan to the door', { move: 'whip' }],
    ['The camera is handheld', { move: 'handheld' }],
    [
      '低角度，小红在雪夜跑过森林',
      { angle: 'low', place: { ground: 'grass', behind: 'trees', time: 'night', weather: 'snow' } },
    ],
    [
      'Two friends meet in a rainy street at sunset',
      { place: { ground: 'stone', behind: 'houses', time: 'dusk', weather: 'rain' } },
    ],
  ])('%s', (prompt, words) => {
    expect(readDirections(prompt, [])).toMatchObject(words);
  });

  test('a prompt that tells of neither camera, place nor action directs nothing', () => {
    expect(readDirections('The door closes on him', [])).toEqual({
      place: null,
      notUnderstood: ['The door closes on him'],
    });
  });

  test('what is not understood is told in its own words, the cast and what is understood are not', () => {
    const prompt = 'Rex runs across the park, a trumpet plays softly. Low angle; Rex, and he regrets it';
    expect(readDirections(prompt, ['Rex']).notUnderstood).toEqual(['a trumpet plays softly', 'he regrets it']);
  });

  test('what others do is told as not understood: nothing of it is shown', () => {
    const { actions, notUnderstood } = readDirections('A crowd runs past while Rex jumps', ['Rex']);
    expect(actions?.map(({ kind }) => kind)).toEqual(['jump']);
    expect(notUnderstood).toEqual(['A crowd runs past']);
  });

  test('at least three dozen camera words have signs of their own', () => {
    expect(new Set(cameraWords.map(({ sign }) => sign)).size).toBeGreaterThanOrEqual(36);
  });

  test.each([
    // The camera's words, said of others.
    'The hero moves in silence',
    'He pushes in front of the others',
    'The car pulls away from the curb',
    'She moves closer to him',
    'Soldiers move in circles',
    'Two wolves are closing in; the doors close on him',
    'He tilts up his hat',
    'A frying pan left on the stove',
    'The boxer moves to the left',
    'The dog barks and moves in',
    'A bird circles around the tower',
    'An arc of light',
    'A drone hovers, birds pass overhead',
    'She cools herself with a handheld fan',
    'A photographer carries a tripod',
    'The statue stands on a pedestal up high',
  ])('no camera word is in: %s', (prompt) => {
    const { signs, move, framing } = readDirections(prompt, []);
    expect({ signs, move, framing }).toEqual({});
  });

  test.each([
    ['Push in on her face', 'push'],
    ['A slow push in', 'push'],
    ['The camera pushes in, slowly', 'push'],
    ['The camera pans left and moves in', 'push'],
    ['Then pull back', 'pull'],
    ['We move closer', 'push'],
    ['Slowly moving in', 'push'],
    ['The shot pulls out', 'pull'],
    ['Track to the right', 'right'],
    ['The camera tilts up', 'up'],
    ['The camera circles around him', 'right'],
    ['镜头推进', 'push'],
  ])('%s moves the camera', (prompt, move) => {
    expect(readDirections(prompt, []).move).toBe(move);
  });

  test.each([
    ['House music plays', null],
    ['A house by the road', 'houses'],
    ['He waits in the house', 'wall'],
    ['She makes room for him', null],
    ['They park the car', null],
    ['A walk in the park', 'trees'],
    ['A shallow depth of field', null],
    ['A table of wood', null],
    ['Lost in the woods', 'trees'],
    ['A sea of people', null],
    ['Under a full moon', 'hills'],
    ['An astronaut on the moon', 'nothing'],
    ['A school of fish', null],
    ['A mountain bike', null],
    ['He storms out', null],
    ['A famous film star', null],
    ['She wears an evening gown and a winter coat', null],
    ['一只河马', null],
  ])('%s: the place behind is %s', (prompt, behind) => {
    expect(readDirections(prompt, []).place?.behind ?? null).toBe(behind);
  });

  test.each([
    ['Autumn leaves drift by', undefined],
    ['She leaves', 'exit'],
    ['He turns on the light', undefined],
    ['The figure turns', 'turn'],
    ['He runs out of money', undefined],
    ['He runs out', 'exit'],
    ['She crosses her arms', undefined],
    ['She crosses the street', 'cross'],
    ['A hard drive', undefined],
    ['Running water', undefined],
    ['A business meeting', undefined],
    ['Rex meets Sid', 'meet'],
    ['A jump cut', undefined],
    ['The emergency exit', undefined],
    ['一架飞机', undefined],
  ])('%s: the action is %s', (prompt, action) => {
    expect(readDirections(prompt, []).actions?.[0]?.kind).toBe(action);
  });

  test.each([
    ['He walks towards us', 'approach'],
    ['A knight rides slowly towards the camera', 'approach'],
    ['The car drives away from us', 'recede'],
    ['She walks into the sunset', 'recede'],
    ['She walks away', 'exit'],
    ['He falls from the sky', 'fall'],
    ['He falls asleep', undefined],
    ['Night falls', undefined],
    ['Snow falls softly', undefined],
    ['A waterfall', undefined],
    ['The rocket takes off', 'rise'],
    ['She takes off her hat', undefined],
    ['A balloon floats up', 'rise'],
    ['The old land', undefined],
    ['他向镜头走来，跑向镜头', 'approach'],
    ['汽车远去', 'recede'],
  ])('%s: the way is %s', (prompt, action) => {
    expect(readDirections(prompt, []).actions?.[0]?.kind).toBe(action);
  });

  const marks = (prompt: string) => prompt.replace(/\b([12])\b/g, '<<<element_$1>>>');
  test.each([
    ['1 waves goodbye and leaves to the right', [{ kind: 'exit', from: 'left', who: [0] }]],
    ['Over the shoulder of 1: 2 waves and leaves', [{ kind: 'exit', from: 'left', who: [1] }]],
    ['1 stands still while 2 jumps', [{ kind: 'jump', from: 'left', who: [1] }]],
    [
      '1 runs in from the left, and 2 jumps',
      [
        { kind: 'enter', from: 'left', who: [0] },
        { kind: 'jump', from: 'left', who: [1] },
      ],
    ],
    ['1 and 2 run across the field', [{ kind: 'cross', from: 'left', who: [0, 1] }]],
    ['1 and 2 walk towards each other', [{ kind: 'meet', from: 'left', who: [0, 1] }]],
    ['1 meets 2', [{ kind: 'meet', from: 'left', who: [0, 1] }]],
    ['1 walks to 2', [{ kind: 'join', from: 'left', who: [0] }]],
    ['1 and 2 wait. They run', [{ kind: 'cross', from: 'left', who: 'all' }]],
    ['2 waits. She jumps', [{ kind: 'jump', from: 'left', who: [1] }]],
    ['Beside 1, 2 jumps', [{ kind: 'jump', from: 'left', who: [1] }]],
    ["In 1's garden 2 jumps", [{ kind: 'jump', from: 'left', who: [1] }]],
    ['A crowd runs past while 1 stands still', []],
    ['He runs', [{ kind: 'cross', from: 'left', who: 'first' }]],
    [
      '1 enters, turns, then leaves',
      [
        { kind: 'enter', from: 'left', who: [0] },
        { kind: 'turn', from: 'left', who: [0] },
        { kind: 'exit', from: 'left', who: [0] },
      ],
    ],
    ['Rex jumps over Sid', [{ kind: 'jump', from: 'left', who: [0] }]],
    ['1从右向左奔跑', [{ kind: 'cross', from: 'right', who: [0] }]],
  ])('who does it: %s', (prompt, actions) => {
    expect(readDirections(marks(prompt), ['Rex', 'Sid']).actions ?? []).toEqual(actions);
  });

  test.each([
    ['Over the shoulder of 2, 1 speaks', 1],
    ['Seen over 1’s shoulder, 2 nods', 0],
    ['Over-the-shoulder shot', undefined],
    ["Night. Over 2's shoulder, 1 sleeps", 1],
    ["A parrot sits on 1's shoulder beside 2", undefined],
    ["1 looks over 2's shoulder", undefined],
  ])('whom the camera looks past: %s', (prompt, near) => {
    expect(readDirections(marks(prompt), ['Rex', 'Sid']).near).toBe(near);
  });

  test('what means something else is among what is not understood', () => {
    expect(readDirections('House music plays; he runs', []).notUnderstood).toEqual(['House music plays']);
  });

  test.each([
    ['Rex', 'a brown dog', 0.65],
    ['Bob', 'an old man', 1.75],
    ['Tom', 'a house cat', 0.4],
    ['Ann', 'a bus driver', 1.75],
    ['Kim', 'a boy in a dragon costume', 1.25],
    ['Eve', 'a woman walks her dog', 1.75],
    ['Bo', "the farmer's horse", 1.7],
    ['Car', 'A toy car', 0.3],
    ['R2', 'a robot that can fly', 1.75],
    ['Soup', 'a tin can', 0.2],
    ['Duck', 'a yellow rubber duck', 0.3],
    ['My dog', 'loves bones', 0.65],
    ['Zed', 'a zorble', undefined],
    ['甲', '一只小猫', 0.4],
  ])('%s, %s: stands %s m tall', (name, description, metres) => {
    expect(readSize(name, description)).toBe(metres);
  });
});

describe('chooseFrameSize', () => {
  test.each([
    ['720p', '16:9', undefined, 1280, 720],
    ['1080p', '9:16', undefined, 1080, 1920],
    ['4k', '16:9', undefined, 3840, 2160],
    ['4k', '1:1', undefined, 2160, 2160],
    ['720p', undefined, undefined, 1280, 720],
    ['720p', undefined, [1000, 667], 1080, 720],
    ['720p', undefined, [1080, 1920], 720, 1280],
    ['720p', undefined, [9000, 100], 1800, 720],
  ] as const)('%s, %s, beside %j', (quality, aspect_ratio, model, width_px, height_px) => {
    const given = model === undefined ? undefined : { width_px: model[0], height_px: model[1] };
    const spec = { quality, ...(aspect_ratio === undefined ? {} : { aspect_ratio }) };
    expect(chooseFrameSize(spec, given)).toEqual({ width_px, height_px });
  });
});

describe('writeShots', () => {
  const write = (spec: Partial<VideoSpec>, sources: Partial<ShotSources> = {}) =>
    writeShots({
      spec: { model: '', prompt: '', quality: '720p', sound: false, shots: [], watermark: false, ...spec },
      names: ['Rex', 'Sid'],
      images: [],
      clipSeconds: null,
      isMotion: false,
      ...sources,
    });
  const images = (...roles: ShotSources['images'][number]['role'][]) => roles.map((role) => ({ role, label: role }));

  test('shots last as long as asked, and those that follow each other differ in framing or side', () => {
    const shots = write({
      shots: [1, 2, 3, 1, 5, 3].map((duration_seconds) => ({ prompt: 'Rex.', duration_seconds })),
      duration_seconds: 15,
    });
    expect(shots.map(({ frame_count }) => frame_count)).toEqual([24, 48, 72, 24, 120, 72]);
    for (const [at, shot] of shots.slice(1).entries()) {
      const before = shots[at];
      expect([shot.framing, shot.side]).not.toEqual([before?.framing, before?.side]);
    }
  });

  test('a shot shows whom it speaks of; everybody where no shot speaks of anybody', () => {
    const shot = (prompt: string) => ({ prompt, duration_seconds: 1 });
    const spoken = write({ shots: [shot('<<<element_2>>> waits'), shot('Night.')], duration_seconds: 2 });
    expect(spoken.map(({ cast }) => cast)).toEqual([[1], []]);
    const silent = write({ shots: [shot('Day.'), shot('Night.')], duration_seconds: 2 });
    expect(silent.map(({ cast }) => cast)).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(write({ prompt: 'Sid alone', duration_seconds: 5 })[0]?.cast).toEqual([1, 0]);
  });

  test('each figure does its own, at most three things one after the other, and nothing twice', () => {
    const [shot] = write({ prompt: 'Sid enters, jumps, jumps, turns, leaves. Rex runs', duration_seconds: 5 });
    expect(shot?.actions?.map(({ figure, kind }) => [figure, kind])).toEqual([
      [1, 'enter'],
      [1, 'jump'],
      [1, 'turn'],
      [0, 'cross'],
    ]);
    expect(write({ prompt: 'Both jump', duration_seconds: 5 })[0]?.actions?.map(({ figure }) => figure)).toEqual([
      0, 1,
    ]);
    expect(write({ prompt: 'It is night', duration_seconds: 5 })[0]).not.toHaveProperty('actions');
  });

  test('over the shoulder of the one who is named, else of the first of two; of nobody where one is alone', () => {
    const near = (prompt: string, names = ['Rex', 'Sid']) => write({ prompt, duration_seconds: 5 }, { names })[0]?.near;
    expect(near('Over the shoulder of <<<element_2>>>: <<<element_1>>> nods')).toBe(1);
    expect(near('<<<element_2>>> and <<<element_1>>>, over-the-shoulder')).toBe(1);
    expect(near('Over-the-shoulder shot of Rex', ['Rex'])).toBeUndefined();
  });

  test.each([
    [
      ['<<<element_2>>> waits', 'It drives off'],
      [[1], [1]],
    ],
    [
      ['<<<element_1>>> and <<<element_2>>>', 'Rex sits', 'Both look up'],
      [[0, 1], [0], [0, 1]],
    ],
    [
      ['<<<element_1>>> and <<<element_2>>>', 'They run'],
      [
        [0, 1],
        [0, 1],
      ],
    ],
    [
      ['Sid', 'Night falls', 'She sleeps'],
      [[1], [], [1]],
    ],
    [
      ['Sid', 'It is night', "It's raining"],
      [[1], [], []],
    ],
    [
      ['She waits', 'Sid comes'],
      [[], [1]],
    ],
  ])('a pronoun stands for whom the shots before named: %j', (prompts, casts) => {
    const shots = prompts.map((prompt) => ({ prompt, duration_seconds: 1 }));
    expect(write({ shots, duration_seconds: shots.length }).map(({ cast }) => cast)).toEqual(casts);
  });

  test('frames given are shown as frames: the first in front, the last behind, both in one shot as a cross-move', () => {
    const shot = { prompt: 'Rex.', duration_seconds: 1 };
    const frames = images('image_start', 'image_end');
    const kinds = write({ shots: [shot, shot, shot], duration_seconds: 3 }, { images: frames }).map(
      ({ scene }) => scene,
    );
    expect(kinds).toEqual([
      { kind: 'picture', image: 0 },
      { kind: 'place', image: 0 },
      { kind: 'picture', image: 1 },
    ]);
    expect(write({ duration_seconds: 5 }, { images: frames })[0]?.scene).toEqual({ kind: 'crossing', from: 0, to: 1 });
  });

  test('references are the place of figures, and the picture itself without any', () => {
    const given = { images: images('reference_image', 'reference_image') };
    const [shot] = write({ prompt: 'In reference_image <<<image_2>>>', duration_seconds: 5 }, given);
    expect(shot).toMatchObject({ scene: { kind: 'place', image: 1 }, pinned: [0, 1] });
    const [alone] = write({ duration_seconds: 5 }, { ...given, names: [] });
    expect(alone).toMatchObject({ scene: { kind: 'picture', image: 0 }, pinned: [1] });
  });

  test('over a clip it is as long as the clip where nothing else is said', () => {
    expect(write({}, { clipSeconds: 3.21 })).toMatchObject([{ frame_count: 77, scene: { kind: 'clip' } }]);
    expect(write({}, { clipSeconds: 3, isMotion: true })).toMatchObject([{ scene: { kind: 'motion' } }]);
  });

  test('cuts that are left to the model are up to three shots that last as long as asked', () => {
    const shots = write({ prompt: 'Rex.', shot_type: 'intelligence', duration_seconds: 10 });
    expect(shots.map(({ frame_count }) => frame_count)).toEqual([80, 80, 80]);
    expect(new Set(shots.map(({ framing }) => framing)).size).toBe(3);
    expect(write({ prompt: 'Rex.', shot_type: 'intelligence', duration_seconds: 3 }).length).toBe(1);
  });
});
