// English.
import type { LanguageRules } from './mark.ts';

const kMonth = '(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\\b';
const kDay = '(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)';
const kNth = '\\d{1,2}(?:st|nd|rd|th)?';
const any_case = (source: string): RegExp => new RegExp(`(?<![\\p{L}\\d])(?:${source})(?![\\p{L}\\d])`, 'giu');
// Where a capital says something.
const capital = (source: string): RegExp => new RegExp(`(?<![\\p{L}\\d])(?:${source})(?![\\p{L}\\d])`, 'gu');

export const kEnglish: LanguageRules = {
  known_by: /\b(the|and|i|not|of|that|my|she|he|was|at|to|it|they|is|me|were)\b/gi,
  titles: /^(mr|mrs|ms|miss|dr|sir|madam|professor|prof)$/i,
  joints: /^(van|de|den|der|el|al|ben|bin|von|du|la|mac|o)$/i,
  at: /^(in|to|from|at|near|around|towards|of)$/i,
  no_names: /^(i|i'm|i’m|i've|i’ve|i'll|i’ll|i'd|i’d|god|allah|english|dutch|internet|whatsapp|teams|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|ok|colleagues?|christmas|easter)$/i,
  acts: /^(said|says|was|is|had|has|got|gets|did|does|looked|looks|shouted|laughed|laughs|asked|asks|wanted|wants|came|comes|went|goes|stood|sent|texted|called|calls|told|tells|found|grabbed|yelled|thinks|and|kept|never)$/i,
  nobody: /^(i|he|she|they|it|that|this|these|those|who|what|there|we|you|somebody|someone|nobody|everybody|everyone|everything|nothing|others|some|first|then|here|now|so|where|none|one|my|our|their|her|his|which|all|both|each|anyone|anybody|mine|people|no|how|later|afterwards|work|today|yesterday|if|when|but|luckily|hopefully|perhaps|why|\p{L}{1,24}ing|much|little|enough|since|during|suddenly|finally|meanwhile|recently|sadly|there's|colleagues?)$/iu,
  rules: [
    ['number', any_case('(?:national insurance|social security|staff|payroll|employee|badge|collar|case|file|warrant) number(?: is)?:? ?[\\w.-]*\\d[\\w.-]*')],
    ['time', any_case(`(?:${kDay},? )?(?:the )?${kNth}(?: (?:to|and|until) ${kNth})?(?: of)? ${kMonth}(?:,? ?(?:19|20)\\d\\d)?`)],
    ['time', any_case(`(?:${kDay},? )?${kMonth} (?:the )?(?:${kNth})(?:,? ?(?:19|20)\\d\\d)?|${kMonth} (?:19|20)\\d\\d`)],
    ['time', any_case(`(?:last|on|that|this) ${kDay}(?: (?:morning|afternoon|evening|night))?`)],
    ['time', any_case('\\d{1,2}(?:[.:]\\d{2})? ?(?:am|pm|a\\.m\\.|p\\.m\\.|o’?\'?clock)')],
    ['time', any_case('(?:at )?(?:a )?(?:half|quarter|ten|five|twenty) (?:past|to) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,2})')],
    ['time', any_case('christmas(?: day| eve)?|boxing day|new year[’\']s (?:eve|day)|easter(?: monday| sunday)?|good friday|thanksgiving|halloween|eid|king[’\']s day|new year|ramadan|(?:summer|christmas|easter|autumn) (?:break|holidays?)')],
    ['place', any_case('(?:interview |meeting |class)?(?:room|classroom|hall|hangar|building|wing|block|cell|locker|floor|platform|desk|bay|ward|warehouse|class|group|platform|gate|bus|train|line|corridor) (?:[A-Z]{0,2}\\d(?:[\\w.-]*\\w)?|[A-Z]\\b)')],
    ['place', any_case('(?:(?:the )?\\p{L}{1,24} )?(?:on )?the (?:first|second|third|fourth|fifth|sixth|top|ground|\\d{1,2}(?:st|nd|rd|th)) floor')],
    ['place', capital('(?:[Tt]eam|[Ss]tation|department|district|unit|faculty|branch|school|college|region|division|shift) (?:[A-Z](?![a-z])|\\d+)')],
    ['rank', any_case('(?:plain|deputy |duty |senior |acting |assistant |vice )?(?:team |group |shift |section |project |department |line )?(?:leader|manager|supervisor|coordinator|head(?: of [\\p{L}]+|teacher)?|director|boss|chief|chair(?:man|woman|person))')],
    ['place', any_case('(?:the )?(?:men[’\']s |women[’\']s |ladies[’\'] )?(?:changing room|locker room|cell block|canteen|gym|car park|garage|lift|elevator|stairwell|basement|workshop|reception|post room|archive|laboratory|library|barracks|headquarters|armoury|shooting range|cash machine|bike shed|smoking area|kitchen|toilets?|custody suite|control room|police academy)')],
    [
      'rank',
      any_case(
        '(?:chief |detective |police |community |custody |duty )?(?:constable|sergeant|inspector|superintendent|commissioner|commander|officer)|trainee|cadet|detective|dog handler|teacher|tutor|lecturer|professor|dean|mentor|intern|apprentice|secretary|receptionist|janitor|caretaker|captain|lieutenant|major|colonel|corporal|dispatcher|instructor|headmaster|headmistress|principal|HR adviser|union rep(?:resentative)?|PhD student|custodian|paramedic|coach|trainer|security guard|guard|councillor|mayor|judge|clerk|lawyer|driver|mechanic|planner|nurse|doctor|physician|psychologist|accountant|cleaner|cook|foreman|treasurer|analyst|interpreter|vicar|imam|priest|prison officer|counsellor|HR (?:officer|manager|assistant)|confidential adviser',
      ),
    ],
    ['self', any_case('(?:am |was |as |being )?the only (?:\\p{L}{1,24} )?(?:in|at|on|of|with|who|woman|man|muslim|\\p{L}{1,24} (?:in|at|on|of))')],
    ['self', any_case('the (?:last|first|youngest|oldest)(?: (?:to|woman|person|one|in|of)(?: join)?)')],
    ['self', any_case('\\d{2} years? old|since (?:19|20)\\d\\d|for (?:\\d{1,2}|ten|fifteen|twenty|thirty) years')],
    ['self', any_case('my (?:husband|wife|partner|daughter|son|child(?:ren)?|father|mother|(?:twin )?brother|(?:twin )?sister|stepfather|stepmother|grandfather|grandmother|cousin|niece|nephew|ex|boyfriend|girlfriend|uncle|aunt|dad|mum|mom)(?: (?:works|is|was|has|goes|lives))?(?: (?:also|too))?')],
    ['self', any_case('(?:\\p{L}{1,24} (?:months|weeks) )?pregnan(?:t|cy)|(?:maternity|paternity|parental) leave|(?:two|three|four|five|\\d) (?:women|men|girls|boys|muslims)|dark skin|a? ?(?:headscarf|hijab|turban|kippah|wheelchair|hearing aid|crutch(?:es)?|skullcap)')],
    ['self', any_case('gay|lesbian|bisexual|trans(?:gender)?|non-binary|queer|deaf(?: in [^.,;]{2,12} ear)?|hard of hearing|blind|autis(?:m|tic)|adhd|dyslexi(?:a|c)|epilepsy|diabetes|cancer|burn-?out|stammer|stutter|paralysed|scar|miscarriage|abortion|divorce|depression|psychosis|addict(?:ed|ion)|tattoo|piercing|accent|refugee|asylum seeker|adopted|adoption')],
    ['self', any_case('muslim|christian|jewish|hindu|sikh|catholic|moroccan|turkish|surinamese|caribbean|indian|pakistani|nigerian|somali|syrian|polish|romanian|jamaican|chinese|ghanaian')],
    ['event', any_case('(?:my |the |an? )?(?:(?:team|farewell|christmas|leaving|office|firearms|annual|safety) )?(?:outing|party|reunion|training|excursion|demonstration|protest|riots?|award|medal|funeral|wedding|jubilee|anniversary|reorganisation|reorganization|shooting|stabbing|pursuit|crash|arrest|appraisal|exam|job interview|exit interview|transfer|promotion|suspension|strike|graduation|performance review|swearing-in|retirement|away day|fire|burglary|robbery|accident|tenth birthday|opening|renovation|move to [^.,;]{2,20}|state visit|championship|tournament|weekend away|open day|summer camp|induction week|internship|placement)')],
  ],
};
