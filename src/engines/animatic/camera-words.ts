import type { Framing, Move } from '../../media/index.ts';

/**
 * What prompts say of the camera, as data: English first, Chinese beside it; the first that is found of those that say the same
 * kind of thing holds. A new word is a new line.
 */

/** A camera word: its sign as it's written on the picture, and what the picture does. */
interface CameraWord {
  sign: string;
  pattern: RegExp;
  framing?: Framing;
  move?: Move;
  /** Where the eye is: a low one sees the horizon low. */
  angle?: 'low' | 'high';
  /** The camera is held at a slant. */
  isTilted?: true;
  /** People and things do it as well: it counts where the camera does it, or where it is an order to nobody else. */
  isAct?: true;
}

/** The sign of a camera that looks past somebody. */
export const overTheShoulder = 'OVER THE SHOULDER';

export const cameraWords: readonly CameraWord[] = [
  { sign: 'EXTREME CLOSE-UP', pattern: /\b(extreme|big) close[- ]?ups?\b|大特写/i, framing: 'close' },
  { sign: 'CLOSE-UP', pattern: /\bclose[- ]?ups?\b|\btight shot\b|特写|近景/i, framing: 'close' },
  { sign: 'CLOSE-UP', pattern: /\bclose (in )?on\b/i, framing: 'close', isAct: true },
  { sign: 'MACRO', pattern: /\bmacro\b|微距/i, framing: 'close' },
  { sign: 'MEDIUM', pattern: /\b(medium|mid|waist|cowboy)[- ]?(shot|close)\b|中景/i, framing: 'medium' },
  { sign: 'ESTABLISHING', pattern: /\bestablishing[- ]shot\b|定场/i, framing: 'wide' },
  {
    sign: 'AERIAL',
    pattern: /\baerial\b(?![- ](acrobat|silk|dance|artist|stunt|attack))|\bdrone[- ](shot|view|angle|footage)\b|航拍/i,
    framing: 'wide',
    angle: 'high',
  },
  { sign: 'BIRD’S EYE', pattern: /\bbird'?s?[’']?s?[- ]?eye\b|鸟瞰/i, framing: 'wide', angle: 'high' },
  {
    sign: 'WIDE',
    pattern:
      /\b(wide|long|full|extreme wide)[- ](shot|angle|view)\b|\bpanoramic (shot|view)|\bpanorama of\b|\bfrom afar\b|全景|远景/i,
    framing: 'wide',
  },
  { sign: 'TWO-SHOT', pattern: /\btwo[- ]shot\b|双人镜头/i, framing: 'medium' },
  {
    sign: overTheShoulder,
    pattern:
      /\bover[- ]the[- ]shoulder\b|(\b(shot|seen|filmed|view|camera) (from )?|(^|[.;!?\n])\s*)over [^.,;:]{1,40}['’]s shoulder\b|过肩/i,
    framing: 'medium',
  },
  { sign: 'POINT OF VIEW', pattern: /\bpoint[- ]of[- ]view\b|\bpov\b|主观镜头/i },
  { sign: 'LOW ANGLE', pattern: /\blow[- ]angle\b|\bworm'?s[- ]eye\b|低角度|仰拍/i, angle: 'low' },
  { sign: 'HIGH ANGLE', pattern: /\bhigh[- ]angle\b|高角度|俯拍/i, angle: 'high' },
  {
    sign: 'OVERHEAD',
    pattern: /\boverhead[- ](shot|view|angle|camera)\b|\bfrom overhead\b|\btop[- ]down\b|顶拍/i,
    angle: 'high',
  },
  { sign: 'EYE LEVEL', pattern: /\beye[- ]level\b|平视/i },
  { sign: 'DUTCH ANGLE', pattern: /\bdutch (angle|tilt)\b|\bcanted\b|倾斜(镜头|构图)|荷兰角/i, isTilted: true },
  { sign: 'WHIP PAN', pattern: /\bwhip[- ]?pan|甩镜/i, move: 'whip' },
  { sign: 'DOLLY ZOOM', pattern: /\b(dolly zoom|vertigo (shot|effect))\b|滑动变焦/i, move: 'push' },
  { sign: 'ZOOM OUT', pattern: /\bzoom(s|ing)? (slowly )?(back|out)\b|拉远/i, move: 'pull' },
  { sign: 'ZOOM IN', pattern: /\bzoom(s|ing)? (slowly )?(in|closer)\b|变焦推/i, move: 'push' },
  {
    sign: 'PULL OUT',
    pattern: /\b(push|dolly|dolli|track|mov|move|pull)(s|es|ing)? (slowly )?(back|out|away)\b(?! of\b)/i,
    move: 'pull',
    isAct: true,
  },
  {
    sign: 'PUSH IN',
    // Not what one moves or pushes in: silence, circles, front.
    pattern:
      /\b(push|dolly|dolli|mov|move)(s|es|ing)? (slowly )?(closer|forwards?|in(?=\s*($|[.,;:!?\n]|(on|to|towards?|close|closer|slowly|quickly|gently|steadily|and|then|for|until|as|past|over|through|at|while|from)\b)))/i,
    move: 'push',
    isAct: true,
  },
  { sign: 'PULL OUT', pattern: /拉镜|镜头后退/, move: 'pull' },
  { sign: 'PUSH IN', pattern: /推镜|推近|镜头推进/, move: 'push' },
  { sign: 'CRANE UP', pattern: /\b(crane|boom|jib)(s|ing)? (slowly )?up\b|升镜|镜头上升/i, move: 'up' },
  { sign: 'CRANE DOWN', pattern: /\b(crane|boom|jib)(s|ing)? (slowly )?down\b|降镜|镜头下降/i, move: 'down' },
  { sign: 'PEDESTAL', pattern: /\bpedestal (up|down)\b/i, move: 'up', isAct: true },
  { sign: 'TILT UP', pattern: /\btilt(s|ing)? (slowly )?up\b|上摇/i, move: 'up', isAct: true },
  { sign: 'TILT DOWN', pattern: /\btilt(s|ing)? (slowly )?down\b|下摇/i, move: 'down', isAct: true },
  {
    sign: 'TRACK RIGHT',
    pattern: /\b(track|truck|dolly|slide)(s|ing)? from (the )?left\b/i,
    move: 'right',
    isAct: true,
  },
  {
    sign: 'TRACK LEFT',
    pattern: /\b(track|truck|dolly|slide)(s|ing)? from (the )?right\b/i,
    move: 'left',
    isAct: true,
  },
  { sign: 'PAN LEFT', pattern: /\b(pan|sweep)(s|n?ing)? (slowly )?(to the )?left\b|左摇/i, move: 'left', isAct: true },
  {
    sign: 'PAN RIGHT',
    pattern: /\b(pan|sweep)(s|n?ing)? (slowly )?(to the )?right\b|右摇/i,
    move: 'right',
    isAct: true,
  },
  {
    sign: 'TRACK LEFT',
    pattern: /\b(dolly|track|truck|slide|move)(s|ing)? (slowly )?(to the )?left\b|左移/i,
    move: 'left',
    isAct: true,
  },
  {
    sign: 'TRACK RIGHT',
    pattern: /\b(dolly|track|truck|slide|move)(s|ing)? (slowly )?(to the )?right\b|右移/i,
    move: 'right',
    isAct: true,
  },
  { sign: 'ORBIT', pattern: /\b(orbit|arc) shot\b|环绕/i, move: 'right' },
  {
    sign: 'ORBIT',
    pattern: /\borbit(s|ing)?\b|\barc(s|ing)? around\b|\bcircl(es?|ing) around\b/i,
    move: 'right',
    isAct: true,
  },
  { sign: 'TRACKING', pattern: /\b(tracking|follow(ing)?)[- ]shot\b|\bcamera follows\b|跟拍|跟随镜头/i, move: 'right' },
  {
    sign: 'HANDHELD',
    pattern:
      /\bhand[- ]?held\b(?! (fan|game|console|device|radio|mirror|torch|phone|flag|lamp|fire))|手持(镜头|摄影|拍摄)/i,
    move: 'handheld',
  },
  { sign: 'STEADICAM', pattern: /\b(steadicam|gimbal)\b|斯坦尼康/i, move: 'push' },
  {
    sign: 'STATIC',
    pattern:
      /\b(static|locked[- ]off|fixed) (shot|camera|frame)\b|\btripod shot\b|\b(camera|shot) (stands |is )?on a tripod\b|固定镜头/i,
    move: 'still',
  },
  { sign: 'SLOW MOTION', pattern: /\bslow[- ]?motion\b|\bslow-mo\b|慢动作/i },
  { sign: 'TIME-LAPSE', pattern: /\btime[- ]?lapse\b|延时/i },
  { sign: 'RACK FOCUS', pattern: /\brack focus\b|\bfocus pull\b|移焦/i },
];

/** Who does what only a camera is meant by; and what may stand before an order to it. */
export const cameraNames = /\b(camera|lens|shot|frame|view|video|we)\b|镜头|摄像机|摄影机/i;
export const beforeOrders =
  /^(an?|the|very|slow(ly)?|quick(ly)?|fast|gentl[ey]|smooth(ly)?|stead(y|ily)|long|dramatic(ally)?|sudden(ly)?|cut|to|start|begin|ends?|with|now|then|finally|first|as|\s)*$/i;
