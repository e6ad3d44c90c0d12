import type { Framing, Move, PaintedPlace, ScriptAction } from '../../media/index.ts';

/**
 * What prompts say, as data: English first, Chinese beside it. Each entry is what an animatic makes of the words that its
 * pattern finds; the first of a table that is found holds. A new word is a new line.
 */

/** A camera word: its sign as it's written on the picture, and what the picture does. */
interface CameraWord {
  sign: string;
  pattern: RegExp;
  framing?: Framing;
  move?: Move;
  /** Where the eye is: a low one sees the horizon low. */
  angle?: 'low' | 'high';
}

export const cameraWords: readonly CameraWord[] = [
  { sign: 'EXTREME CLOSE-UP', pattern: /\b(extreme|big) close[- ]?ups?\b|大特写/i, framing: 'close' },
  { sign: 'CLOSE-UP', pattern: /\bclose[- ]?ups?\b|\bclose (in )?on\b|\btight shot\b|特写|近景/i, framing: 'close' },
  { sign: 'MACRO', pattern: /\bmacro\b|微距/i, framing: 'close' },
  { sign: 'MEDIUM', pattern: /\b(medium|mid|waist|cowboy)[- ]?(shot|close)\b|中景/i, framing: 'medium' },
  { sign: 'ESTABLISHING', pattern: /\bestablishing[- ]shot\b|定场/i, framing: 'wide' },
  { sign: 'AERIAL', pattern: /\b(aerial|drone)([- ](shot|view|angle))?\b|航拍/i, framing: 'wide', angle: 'high' },
  { sign: 'BIRD’S EYE', pattern: /\bbird'?s?[’']?s?[- ]?eye\b|鸟瞰/i, framing: 'wide', angle: 'high' },
  {
    sign: 'WIDE',
    pattern: /\b(wide|long|full|extreme wide)[- ](shot|angle|view)\b|\bpanoram|\bfrom afar\b|全景|远景/i,
    framing: 'wide',
  },
  { sign: 'TWO-SHOT', pattern: /\btwo[- ]shot\b|双人镜头/i, framing: 'medium' },
  { sign: 'OVER THE SHOULDER', pattern: /\bover[- ]the[- ]shoulder\b|过肩/i, framing: 'medium' },
  { sign: 'POINT OF VIEW', pattern: /\bpoint[- ]of[- ]view\b|\bpov\b|主观镜头/i },
  { sign: 'LOW ANGLE', pattern: /\blow[- ]angle\b|\bworm'?s[- ]eye\b|低角度|仰拍/i, angle: 'low' },
  { sign: 'HIGH ANGLE', pattern: /\bhigh[- ]angle\b|高角度|俯拍/i, angle: 'high' },
  { sign: 'OVERHEAD', pattern: /\b(overhead|top[- ]down)\b|顶拍/i, angle: 'high' },
  { sign: 'EYE LEVEL', pattern: /\beye[- ]level\b|平视/i },
  { sign: 'DUTCH ANGLE', pattern: /\bdutch (angle|tilt)\b|\bcanted\b|倾斜镜头/i },
  { sign: 'WHIP PAN', pattern: /\bwhip[- ]?pan|甩镜/i, move: 'right' },
  { sign: 'DOLLY ZOOM', pattern: /\b(dolly zoom|vertigo (shot|effect))\b|滑动变焦/i, move: 'push' },
  { sign: 'ZOOM OUT', pattern: /\bzoom(s|ing)? (slowly )?(back|out)\b|拉远/i, move: 'pull' },
  { sign: 'ZOOM IN', pattern: /\bzoom(s|ing)? (slowly )?(in|closer)\b|变焦推/i, move: 'push' },
  {
    sign: 'PULL OUT',
    pattern: /\b(push|dolly|track|mov|move|pull)(s|es|ing|ies)? (slowly )?(back|out|away)\b|拉镜|镜头后退/i,
    move: 'pull',
  },
  {
    sign: 'PUSH IN',
    pattern: /\b(push|dolly|mov|move)(s|es|ing|ies)? (slowly )?(in|closer|forwards?)\b|推镜|推近|镜头推进/i,
    move: 'push',
  },
  { sign: 'CRANE UP', pattern: /\b(crane|boom|jib)(s|ing)? (slowly )?up\b|升镜|镜头上升/i, move: 'up' },
  { sign: 'CRANE DOWN', pattern: /\b(crane|boom|jib)(s|ing)? (slowly )?down\b|降镜|镜头下降/i, move: 'down' },
  { sign: 'PEDESTAL', pattern: /\bpedestal (up|down)\b/i, move: 'up' },
  { sign: 'TILT UP', pattern: /\btilt(s|ing)? (slowly )?up\b|上摇/i, move: 'up' },
  { sign: 'TILT DOWN', pattern: /\btilt(s|ing)? (slowly )?down\b|下摇/i, move: 'down' },
  { sign: 'TRACK RIGHT', pattern: /\b(track|truck|dolly|slide)(s|ing)? from (the )?left\b/i, move: 'right' },
  { sign: 'TRACK LEFT', pattern: /\b(track|truck|dolly|slide)(s|ing)? from (the )?right\b/i, move: 'left' },
  { sign: 'PAN LEFT', pattern: /\b(pan|sweep)(s|n?ing)? (slowly )?(to the )?left\b|左摇/i, move: 'left' },
  { sign: 'PAN RIGHT', pattern: /\b(pan|sweep)(s|n?ing)? (slowly )?(to the )?right\b|右摇/i, move: 'right' },
  {
    sign: 'TRACK LEFT',
    pattern: /\b(dolly|track|truck|slide|move)(s|ing)? (slowly )?(to the )?left\b|左移/i,
    move: 'left',
  },
  {
    sign: 'TRACK RIGHT',
    pattern: /\b(dolly|track|truck|slide|move)(s|ing)? (slowly )?(to the )?right\b|右移/i,
    move: 'right',
  },
  { sign: 'ORBIT', pattern: /\b(orbit|arc)(s|ing)?( shot| around)?\b|\bcircl(es|ing) around\b|环绕/i, move: 'right' },
  { sign: 'TRACKING', pattern: /\b(tracking|follow(ing)?)[- ]shot\b|\bcamera follows\b|跟拍|跟随镜头/i, move: 'right' },
  { sign: 'HANDHELD', pattern: /\bhand[- ]?held\b|手持/i, move: 'left' },
  { sign: 'STEADICAM', pattern: /\b(steadicam|gimbal)\b|斯坦尼康/i, move: 'push' },
  {
    sign: 'STATIC',
    pattern: /\b(static|locked[- ]off|fixed) (shot|camera|frame)\b|\btripod\b|固定镜头/i,
    move: 'still',
  },
  { sign: 'SLOW MOTION', pattern: /\bslow[- ]?motion\b|\bslow-mo\b|慢动作/i },
  { sign: 'TIME-LAPSE', pattern: /\btime[- ]?lapse\b|延时/i },
  { sign: 'RACK FOCUS', pattern: /\brack focus\b|\bfocus pull\b|移焦/i },
];

type Table<V> = readonly (readonly [RegExp, V])[];

/** What stands where: the floor, and what is seen behind it. */
export const placeWords: Table<Pick<PaintedPlace, 'ground' | 'behind'>> = [
  [/\b(beach|shore|seaside|coast)\b|海滩|沙滩/i, { ground: 'sand', behind: 'sea' }],
  [/\b(ocean|sea|lake|river|pond|swims?|swimming)\b|大海|海边|湖|河/i, { ground: 'water', behind: 'nothing' }],
  [/\b(desert|dunes?)\b|沙漠/i, { ground: 'sand', behind: 'hills' }],
  [/\b(forest|woods?|jungle)\b|森林|树林/i, { ground: 'grass', behind: 'trees' }],
  [/\b(park|garden|yard)\b|公园|花园/i, { ground: 'grass', behind: 'trees' }],
  [/\b(meadow|field|grass|lawn|prairie|countryside|farm)\b|草地|草原|田野/i, { ground: 'grass', behind: 'hills' }],
  [/\b(mountains?|hills?|cliff|canyon)\b|山/i, { ground: 'stone', behind: 'hills' }],
  [/\b(city|streets?|town|road|alley|downtown|highway|rooftop)\b|城市|街|马路/i, { ground: 'stone', behind: 'houses' }],
  [
    /\b(kitchen|room|living room|bedroom|office|indoors?|caf[eé]|restaurant|shop|house|studio|hall|school|library)\b|厨房|房间|客厅|办公室|室内|咖啡/i,
    { ground: 'boards', behind: 'wall' },
  ],
  [/\b(space|moon|mars|galaxy)\b|太空|月球/i, { ground: 'stone', behind: 'nothing' }],
];

export const timeWords: Table<PaintedPlace['time']> = [
  [/\b(night|midnight|moonlight|stars?)\b|夜|星空/i, 'night'],
  [/\b(sunset|sunrise|dusk|dawn|golden hour|evening|twilight)\b|日落|日出|黄昏|黎明|傍晚/i, 'dusk'],
  [/\b(day|daylight|noon|morning|sunny|sunshine|afternoon)\b|白天|中午|早晨|阳光/i, 'day'],
];

export const weatherWords: Table<PaintedPlace['weather']> = [
  [/\b(snow|snows|snowy|snowing|snowstorm|blizzard|winter)\b|雪|冬/i, 'snow'],
  [/\b(rain|rains|rainy|raining|storm|stormy)\b|雨/i, 'rain'],
  [/\b(fog|foggy|mist|misty|haze)\b|雾/i, 'fog'],
];

export const actionWords: Table<ScriptAction> = [
  [/\bmeets?\b|\bmeeting\b|\brun(s|ning)? into each other\b|相遇|见面/i, 'meet'],
  [/\b(enters?|entering|arriv(es|ing)|com(es|ing) in|walks? in)\b|走进|进入|进来/i, 'enter'],
  [/\b(exits?|exiting|leav(es|ing)|walks? (out|away|off)|runs? (out|away|off))\b|离开|走出/i, 'exit'],
  [/\bjump(s|ing)?\b|\bleap(s|ing)?\b|\bhop(s|ping)?\b|跳/i, 'jump'],
  [
    /\b(run|runs|running|race|races|racing|dash(es)?|sprint(s|ing)?|cross(es|ing)?|drives?|driving|walks?|walking|chas(es|ing)|flies|flying|swims?|swimming)\b|跑|奔|走过|穿过|飞|游/i,
    'cross',
  ],
  [/\bturn(s|ing)?\b|\bspin(s|ning)?\b|\brotat(es|ing)\b|转身|旋转/i, 'turn'],
];

/** Metres, by what an element is called or described as; what isn't known stands as large as its room. */
export const sizeWords: Table<number> = [
  [/\b(house|castle|tower|building|dragon|dinosaur|whale)\b|房子|龙/i, 6],
  [/\b(toy|figurine|plush(ie)?|doll|duck|rc car|teddy|miniature)\b|玩具|公仔/i, 0.3],
  [/\b(truck|bus|van|elephant|giraffe)\b|卡车|大象/i, 3],
  [/\b(horse|cow|bear|lion|tiger)\b|马|牛|熊|狮|虎/i, 1.7],
  [/\b(car|motorcycle|bicycle|bike)\b|汽车|自行车/i, 1.5],
  [/\b(baby|toddler)\b|婴儿/i, 0.7],
  [/\b(child|kid|boy|girl)\b|孩子|男孩|女孩/i, 1.25],
  [
    /\b(man|woman|person|lady|guy|people|knight|soldier|astronaut|detective|singer|hero|owner)\b|男人|女人|男子|女子|人/i,
    1.75,
  ],
  [/\b(wolf|sheep|dog|puppy|fox|pig)\b|狗|狼|羊|狐/i, 0.65],
  [/\b(cat|kitten|rabbit|bird|owl|penguin|backpack|bag)\b|猫|兔|鸟|包/i, 0.4],
  [/\b(cup|can|bottle|vase|shoe|sneaker|phone|book|bowl|clock|candle|mouse)\b|杯|瓶|鞋|书/i, 0.2],
];
