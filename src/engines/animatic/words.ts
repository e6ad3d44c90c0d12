import type { PaintedPlace, ScriptAction } from '../../media/index.ts';

/**
 * What prompts say of places, times, weather, deeds and sizes, as data: English first, Chinese beside it. Each entry is what an
 * animatic makes of the words that its pattern finds; the first of a table that is found holds. A new word is a new line.
 * What they say of the camera: `src/engines/animatic/camera-words.ts`.
 */

/**
 * Words beside which another means something else than in the tables below: what is found here is passed over, and stands
 * among what was not understood.
 */
export const otherSenses: readonly RegExp[] = [
  // Of places.
  /\b(house|hard|hip[- ]hop|room) (music|cats?|party|arrest|mates?|wine|rules)\b/gi,
  /\b(white|opera|full|on the|doll'?s?) house\b|\bhouse of cards\b/gi,
  /\b(makes?|making|made|no|little|enough|much|more|any|leaves?) room\b|\broom (for|to)\b/gi,
  /\bstudio (light|lights|lighting|quality|portrait|ghibli|album)\b/gi,
  /\bschools? of (fish|thought)\b|\bold[- ]school\b|\bhall of fame\b|\bshop(s|ping)? (for|around)\b/gi,
  /\bpark(s|ed|ing)? (the|a|his|her|its|their|your|my|in|on|at)\b|\b(to|can|will|may|must) park\b/gi,
  /\b(a|one|two|three|few|many|hundred) yards?\b(?! (with|behind|full))|\byard(s)? (long|away|line|stick)\b/gi,
  /\bfields? of (view|vision|study|honou?r)\b|\bdepth of field\b|\b(magnetic|force|electric|visual) fields?\b|\bfield trip\b/gi,
  /\bspace (between|for|to|bar|heater)\b|\b(negative|empty|white|personal|parking|blank|open|storage) spaces?\b/gi,
  /\b(seas?|oceans?|rivers?|lakes?) of (?!(japan|galilee)\b)\w+/gi,
  /\b(concrete|urban) jungle\b|\bjungle gym\b|\bbowling alley\b|\balley cats?\b/gi,
  /\b(mountain|road|street|beach|garden|city|farm|desert|sea|river|forest) (bikes?|bicycles?|food|wear|clothes|balls?|towels?|hose|gnomes?|slickers?|boots?|food|shells?|horses?|lions?|otters?|dew)\b/gi,
  /\b(mountains?|hills?) of (?!\w+land\b)(?!the\b)\w+/gi,
  /\bdeserts? (him|her|it|them|us|me|his|their|the army)\b|\bcoast(s|ing)? (along|down|to a|through)\b/gi,
  /河马|山羊|爬山虎|街舞|雪碧|雪糕|雪茄|冬瓜|雨衣|雨伞|雨靴|夜莺|海马/g,
  // Of time and weather.
  /\b(film|movie|pop|rock|porn|all|five|four|three|gold|guest|rising|co) ?-?stars?\b|\bstars? (in|as|of the show|fruit|wars|trek)\b/gi,
  /\b(evening|night|morning) (gowns?|dress(es)?|suits?|shirts?|caps?|wear|stands?|coat)\b/gi,
  /\b(the other|every|all|some|one|day after|any|these) day\b|\bday dreams?\b/gi,
  /\bstorm(s|ed|ing)? (out|in|off|into|away|past)\b|\b(rain|hail|storm)s? of\b|\b(rain|winter|snow) (boots?|coats?|jackets?|hats?|tires?|globes?|leopards?|white|pants|games)\b/gi,
  /\b(snow white|misty[- ]eyed|mist(s|ing)? (his|her|its) eyes|fog machine)\b/gi,
  // Of actions.
  /\b(the|autumn|fallen|falling|green|dry|dead|golden|brown|yellow|red|palm|tea|banana|maple|of|its|some|wet|tree|among|between|rustling|crunchy) leaves\b|\bleaves (fall|rustle|drift|float|blow|swirl|on the|of)\w*\b/gi,
  /\bturn(s|ed|ing)? (on|off|out|into|to stone|up the|down the|the (page|key|light|volume|knob|handle|tap)|pages?|red|blue|green|pale|white|black|dark|cold|a corner)\b/gi,
  /\b(in|takes?|taking|by|whose|his|her|my|your|our|their) turns?\b|\bu-turn\b/gi,
  /\b(run|runs|running|ran) (a|an|the|his|her|its|their|out of|low|late|errands?|for (office|president|mayor)|in the family|dry|cold)\b|\b(water|nose|tears?|blood|paint|ink|time|colou?rs?|shivers?|engine|motor|machine) (runs?|running)\b|\b(in the long|on the|home|trial|dry) run\b|\brunning (water|shoes?|gag|late|joke|track)\b|\brun[- ]down\b/gi,
  /\bcross(es|ing)? (his|her|its|their|my|your) (arms?|legs?|fingers?|eyes|heart|mind)\b|\b(red|gold|golden|silver|wooden|the|a) cross\b|\bcross[- ](legged|section|eyed|stitch)\b/gi,
  /\b(hard|flash|thumb|disk|usb|test|sex) drives?\b|\bdrives? (him|her|them|me|us) (mad|crazy|insane|nuts)\b|\bdriving (licen[cs]e|gloves?|lesson)\b/gi,
  /\b(time|fruit|house|of|the|some|swarm of) flies\b|\bflies (buzz|swarm)\w*\b|\bflying (saucers?|carpets?|colou?rs)\b/gi,
  /\bwalks? of (fame|life|shame)\b|\b(cat|cake|dog) ?walks?\b|\bwalking (sticks?|canes?|boots?|distance)\b|\bswimming (suits?|trunks?|goggles)\b/gi,
  /\b(human|arms|rat|mixed) race\b|\b(a|the) dash of\b|\bjump (cuts?|ropes?|suits?|scares?)\b|\bjumps? to conclusions?\b|\bhip[- ]?hop\b|\bleap years?\b|\bskip rope\b/gi,
  /\b(a|the|in|business|team|board) meeting\b|\bmeeting room\b|\bmeets? (the|a|an|his|her|their) (eyes?|deadlines?|needs?|gaze|goals?|demands?)\b/gi,
  /\b(press|presses|hit|hits|the) enter( key)?\b|\b(emergency|fire|the|an|no) exit( sign)?\b|\bexit signs?\b|\bcom(es|ing) in (handy|red|blue|green|black|white|many|all|three|two|different|sizes|first|last|peace)\b/gi,
  /\bleav(es|ing) (a|the|his|her|its|their) (mark|marks|trail|traces?|message|note|footprints?|impression)\b/gi,
  /\b(night|darkness|evening|dusk|rain|snow|silence|curtain|petals|shadows?|light|snowflakes|raindrops|tears?|hair|confetti|dust) ((is|are) )?((softly|gently|slowly|heavily) )?fall(s|ing)?\b|\bfall(s|ing)? (asleep|in love|silent|apart|behind|for|ill|sick|short|to pieces|(softly|gently|heavily))\b|\b(falling (snow|rain|leaves|stars?|petals|water)|water ?falls?)\b/gi,
  /\b(takes?|taking) off (his|her|its|their|the|an?|my|your) \w+|\bland(s|ing)? (of|mark|scape)\b|\b(the|on|green|dry|old|promised|this|native|by) lands?\b|\b(no|any|a|price|sudden|the|this|great) (falls?|rides?)\b/gi,
  /飞机|飞碟|飞船|跑车|跑步机|游戏|游客|旅游|导游|跳棋|跳绳/g,
];

type Table<V> = readonly (readonly [RegExp, V])[];

/** What stands where: the floor, and what is seen behind it. */
export const placeWords: Table<Pick<PaintedPlace, 'ground' | 'behind'>> = [
  [/\b(beach|shore|seaside|coast)\b|海滩|沙滩/i, { ground: 'sand', behind: 'sea' }],
  [/\b(ocean|sea|lake|river|pond|swims?|swimming)\b|大海|海边|湖|河/i, { ground: 'water', behind: 'nothing' }],
  [/\b(desert|dunes?)\b|沙漠/i, { ground: 'sand', behind: 'hills' }],
  [/\b(forest|woods|jungle|(in|into|through) (a|the) wood)\b|森林|树林/i, { ground: 'grass', behind: 'trees' }],
  [/\b(park|garden|yard)\b|公园|花园/i, { ground: 'grass', behind: 'trees' }],
  [/\b(meadow|field|grass|lawn|prairie|countryside|farm)\b|草地|草原|田野/i, { ground: 'grass', behind: 'hills' }],
  [/\b(mountains?|hills?|cliff|canyon)\b|山/i, { ground: 'stone', behind: 'hills' }],
  [
    /\b(city|streets?|town|road|alley|downtown|highway|rooftop|car park|parking (lot|space))\b|城市|街|马路/i,
    { ground: 'stone', behind: 'houses' },
  ],
  [
    /\b(kitchen|room|living room|bedroom|office|indoors?|caf[eé]|restaurant|shop|(in|inside|through) (a|an|the|his|her|my|their|our) (\w+ )?house|studio|hall|school|library)\b|厨房|房间|客厅|办公室|室内|咖啡/i,
    { ground: 'boards', behind: 'wall' },
  ],
  [/\bhouses?\b/i, { ground: 'grass', behind: 'houses' }],
  [
    /\b(space|on (the |a )?moon|moon (surface|base|landing)|lunar|mars|galaxy)\b|太空|月球/i,
    { ground: 'stone', behind: 'nothing' },
  ],
];

export const timeWords: Table<PaintedPlace['time']> = [
  [/\b(nights?|midnight|moonlight|moonlit|(full|crescent|new|under the) moon|stars|starry)\b|夜|星空/i, 'night'],
  [/\b(sunset|sunrise|dusk|dawn|golden hour|evening|twilight)\b|日落|日出|黄昏|黎明|傍晚/i, 'dusk'],
  [/\b(day|daylight|noon|morning|sunny|sunshine|afternoon)\b|白天|中午|早晨|阳光/i, 'day'],
];

export const weatherWords: Table<PaintedPlace['weather']> = [
  [/\b(snow|snows|snowy|snowing|snowstorm|blizzard|winter)\b|雪|冬/i, 'snow'],
  [/\b(rain|rains|rainy|raining|storm|stormy)\b|雨/i, 'rain'],
  [/\b(fog|foggy|mist|misty|haze)\b|雾/i, 'fog'],
];

const going =
  'walk|run|drive|come|fl(?:y|ie)|swim|ride|sail|roll|gallop|stride|step|march|rush|charge|race|ski|skate|jog|crawl|sprint|dash|head|mov(?:e)?';
const forms = '(?:s|es|ing|ning|ming)?';
const us = '(?:us|the (?:camera|viewers?|lens|audience|screen))';

export const actionWords: Table<ScriptAction['kind']> = [
  [/\bmeets?\b|\bmeeting\b|\brun(s|ning)? into each other\b|相遇|见面/i, 'meet'],
  [
    new RegExp(
      `\\b(?:${going})${forms}(?: \\w+){0,2}? (?:towards?|at|up to|closer to|nearer to) ${us}\\b|\\bapproach(?:es|ing)? ${us}\\b|[走跑朝冲]向镜头|迎面`,
      'i',
    ),
    'approach',
  ],
  [
    new RegExp(
      `\\b(?:${going})${forms}(?: \\w+){0,2}? (?:away from ${us}|into the (?:distance|background|horizon|sunset|sunrise|night|fog|mist))\\b|\\b(?:disappear|vanish|fade)(?:s|es|ing)? into the \\w+|远去|走远|驶向远方|背对镜头`,
      'i',
    ),
    'recede',
  ],
  [
    /\b(enters?|entering|arriv(es|ing)|com(es|ing) in|(walk|run|burst|step|rush|fl(y|ie))s? in(?= from\b|\s*$))\b|走进|进入|进来/i,
    'enter',
  ],
  [
    /\b(exits?|exiting|leav(es|ing)|walks? (out|away|off)|runs? (out|away|off)|drives? (away|off))\b|离开|走出/i,
    'exit',
  ],
  [/\bjump(s|ing)?\b|\bleap(s|ing)?\b|\bhop(s|ping)?\b|跳/i, 'jump'],
  [
    /\b(take|lift|blast)(s|ing)? off\b|\b(rises?|rising|soars?|soaring|floats?|floating|fl(y|ies|ying)|climbs?|climbing|ascends?) (slowly )?(up|upwards?|skywards?|into the (sky|air)|above the \w+)\b|\b(ascends?|levitat(es|ing))\b|升空|飞起|起飞|飘起/i,
    'rise',
  ],
  [
    /\b(falls?|falling|plunges?|plunging|descends?|tumbl(es|ing) down|drop(s|ping)? (down|from)|swoop(s|ing)? down|lands? (on|in|from))\b|落下|掉下|坠落|降落/i,
    'fall',
  ],
  [
    /\b(run|runs|running|race|races|racing|dash(es)?|sprint(s|ing)?|cross(es|ing)?|drives?|driving|walks?|walking|chas(es|ing)|flies|flying|swims?|swimming|rolls? (by|past|across|along)|(stroll|march|skat|crawl|gallop|jog|glid)(e|s|es|ing)|rides?|riding)\b|跑|奔|走过|穿过|走向|跑向|飞|游|骑|开车/i,
    'cross',
  ],
  [/\bturn(s|ing)?\b|\bspin(s|ning)?\b|\brotat(es|ing)\b|转身|旋转/i, 'turn'],
];

/** Whatever else it is called, it stands as small as one. */
export const toyWords =
  /\b(toys?|figurines?|plush(ie)?s?|dolls?|rc|teddy|miniature|lego|statuette|puppet)\b|玩具|公仔/i;
export const toyMetres = 0.3;

/**
 * Metres, by what an element is called or described as; what isn't known stands as large as its room. Of several words the last
 * of a phrase is what is meant: a house cat, a bus driver.
 */
export const sizeWords: Table<number> = [
  [/\b(house|castle|tower|building|dragon|dinosaur|whale|t-?rex)s?\b|房子|(?<!水)龙(?!头|虾)/i, 6],
  [/\bduck(ling)?s?\b|鸭/i, 0.3],
  [/\b(truck|bus|van|elephant|giraffe|mammoth|shark|orca)s?\b|卡车|大象|鲨/i, 3],
  [
    /\b(horse|cow|bull|bear|lion|tiger|camel|moose|unicorn|gorilla|yeti|rhino|hippo|crocodile)s?\b|马(?!上|路|桶)|牛(?!奶|仔)|熊(?!猫)|狮|虎/i,
    1.7,
  ],
  [/\b(car|motorcycle|bicycle|bike|scooter)s?\b|汽车|自行车/i, 1.5],
  [/\b(panda|deer|zebra|kangaroo|donkey|ostrich|dolphin|alien|elf)s?\b|熊猫|鹿|斑马/i, 1.3],
  [/\b(baby|toddler|gnome|goblin)\b|婴儿/i, 0.7],
  [/\b(child|kid|boy|girl|cowboy|cowgirl)s?\b|孩子|男孩|女孩/i, 1.25],
  [
    /\b(man|woman|men|women|person|lady|guy|people|knight|soldier|astronaut|detective|singer|hero|owner|driver|rider|trainer|walker|king|queen|wizard|witch|nurse|doctor|teacher|chef|dancer|pirate|ninja|samurai|prince|princess|mermaid|vampire|zombie|robot)s?\b|男人|女人|男子|女子|(?<!机器)人(?!偶)/i,
    1.75,
  ],
  [
    /\b(wolf|wolves|sheep|dog|puppy|fox|pig|goat|monkey|koala|sloth|raccoon|lynx|eagle|goose|turtle)(es|s)?\b|狗|狼|羊|狐|猴|树懒/i,
    0.65,
  ],
  [
    /\b(cat|kitten|rabbit|bunny|bird|owl|penguin|chicken|rooster|hen|parrot|squirrel|hedgehog|otter|backpack|bag)s?\b|猫|兔|鸟|鸡|松鼠|(?<!面)包(?!子)/i,
    0.4,
  ],
  [
    /\b(cup|bottle|vase|shoe|sneaker|phone|book|bowl|clock|candle|mouse|mice|hamster|frog|fish|rat|snail|butterfly|lizard|hot ?dog)s?\b|\b(an?|the|tin|soda|beer|cola|spray|soup|watering|drinks?) (\w+ )?cans?\b(?! (be|not|do|fly|talk|walk|run|see|have)\b)|\bcans? of\b|杯|瓶|鞋|书|青蛙|仓鼠/i,
    0.2,
  ],
];
