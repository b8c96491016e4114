// Dutch.
import type { LanguageRules } from './mark.ts';

const kMonth = '(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jan|feb|mrt|apr|aug|sept?|okt|nov|dec)\\b';
const kDay = '(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)';
const kCount = '(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\\d{1,2})';
const any_case = (source: string): RegExp => new RegExp(`(?<![\\p{L}\\d])(?:${source})(?![\\p{L}\\d])`, 'giu');
// Where a capital says something.
const capital = (source: string): RegExp => new RegExp(`(?<![\\p{L}\\d])(?:${source})(?![\\p{L}\\d])`, 'gu');

export const kDutch: LanguageRules = {
  known_by: /\b(de|het|een|ik|niet|van|dat|die|mijn|zij|hij|was|bij|ook|maar|werd)\b/gi,
  titles: /^(mevrouw|mevr|meneer|mijnheer|de heer|dhr|mw|dr|juf|meester)$/i,
  joints: /^(van|de|den|der|het|ten|ter|te|el|al|ben|bin|von|du|la)$/i,
  at: /^(in|te|naar|uit|vanuit|op|bij|rond|nabij|richting|aan)$/i,
  no_names: /^(ik|god|allah|nederlands?|nederlander|engels|internet|whatsapp|app|teams|euro|collega\p{L}*|u|uw|meldpunt)$/iu,
  acts: /^(zei|zegt|was|is|had|heeft|kreeg|krijgt|deed|doet|keek|kijkt|riep|roept|lachte|lacht|vroeg|vraagt|wilde|wil|kwam|komt|ging|gaat|stond|staat|stuurde|appte|belde|noemde|vond|vindt|pakte|greep|schreeuwde|en)$/i,
  nobody: /^(ik|hij|zij|ze|het|dat|dit|die|deze|wie|wat|er|we|wij|jij|je|iemand|niemand|iedereen|alles|niets|ieder|anderen|sommigen|eerst|toen|daar|hier|dan|nu|zo|waar|men|geen|een|één|eén|mijn|ons|onze|hun|haar|zijn|achteraf|vaak|soms|thuis|collega.*|laatst|eens|daarna|later|gisteren|vandaag|nooit|altijd|als|maar|ook|want|hoe|gelukkig|hopelijk|misschien|waarom|waardoor|waarmee|vroeger|vervolgens|ineens|plotseling|uiteindelijk|inmiddels|helaas|natuurlijk|\p{L}{1,24}en|veel|weinig|genoeg|beter|erger|elke|sinds|tijdens|werk|zoiets|hierna|intussen|onlangs|opeens)$/iu,
  rules: [
    ['number', any_case('(?:BSN|burgerservicenummer|personeelsnummer|dienstnummer|zaaknummer|dossiernummer|legitimatienummer)(?: (?:is|nr\\.?|nummer))?:? ?[\\w.-]*\\d[\\w.-]*')],
    ['time', any_case(`(?:${kDay},? )?\\d{1,2}(?:e|ste|de)?(?: (?:op|en|tot|t/m) \\d{1,2})? ${kMonth}(?: ?(?:19|20)\\d\\d)?`)],
    ['time', any_case(`(?:afgelopen|vorige|op|die|deze) ${kDay}(?:ochtend|middag|avond|nacht)?(?: \\d{1,2})?`)],
    ['time', any_case(`${kMonth} (?:19|20)\\d\\d`)],
    ['time', any_case('(?:\\d{1,2}|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)(?:[.:]\\d{2})? uur(?: ’?\'?s (?:nachts|ochtends|middags|avonds))?')],
    ['time', any_case(`(?:om )?(?:half|(?:kwart|vijf|tien|\\d{1,2}) (?:over|voor)(?: half)?) ${kCount}`)],
    ['time', any_case('(?:eerste|tweede) (?:kerst|paas|pinkster)dag|koningsdag|bevrijdingsdag|oudjaars(?:avond|dag)|oud en nieuw|nieuwjaars(?:dag|nacht)|kerst(?:avond|nacht|mis)?|sinterklaas(?:avond)?|pasen|pinksteren|suikerfeest|offerfeest|hemelvaart(?:sdag)?|carnaval|oudjaar|ramadan|(?:kerst|zomer|voorjaars|herfst|mei)vakantie')],
    ['place', any_case('(?:\\p{L}{0,24}kamer|lokaal|\\p{L}{0,24}zaal|loods|\\p{L}{0,24}ruimte|gebouw|vleugel|hal|cel|kluisje|magazijn|garage|balie|etage|verdieping|trein|bus|lijn|klas|groep|perron|gang|poort|spoor|blok) (?:[A-Z]{0,2}\\d(?:[\\w.-]*\\w)?|[A-Z]\\b)')],
    ['place', any_case('(?:de |het |bij de )?(?:\\p{L}{1,24} )?(?:op de )?(?:eerste|tweede|derde|vierde|vijfde|zesde|\\d{1,2}e) (?:verdieping|etage)')],
    ['place', capital('(?:[Bb]ureau|basisteam|team|afdeling|district|eenheid|faculteit|vestiging|locatie|school|college|regio|dienst|ploeg) (?:\\p{Lu}[\\p{L}-]+|\\d+|[A-Z])')],
    ['place', any_case('(?:de |het )?(?:\\p{Lu}\\p{L}{0,24}|\\p{L}{3,24})(?:straat|weg|laan|plein|gracht|kade|dijk|singel|steeg|plantsoen)(?: \\d+\\p{L}?)?')],
    ['place', any_case('(?:de )?(?:politieacademie|kazerne|meldkamer|\\p{L}{0,24}complex|cellen\\p{L}{1,12}|schietbaan|hoofdbureau|hoofdkantoor|kleedkamer|doucheruimte|kantine|fitness\\p{L}{0,12}|sportzaal|gymzaal|garage|magazijn|parkeer\\p{L}{1,12}|lift|trappenhuis|kelder|werkplaats|receptie|postkamer|archief|laboratorium|bibliotheek|aula|wapenkamer|pinautomaat|rookplek|fietsenstalling|keuken|toilet(?:ten)?)')],
    [
      'rank',
      any_case(
        '(?:plaatsvervangend |plv\\.? |operationeel |senior |adjunct-?|waarnemend )?(?:team|groeps|ploeg|afdelings|sectie|school|dienst|project|unit|werk|bureau|praktijk|stage)?-?(?:chef|leider|leidster|hoofd|baas|begeleider|begeleidster|manager|coördinator|coordinator|directeur|directrice|bestuurder)(?!s)',
      ),
    ],
    [
      'rank',
      any_case(
        '(?:hoofd|wijk|motor)?agente?|(?:hoofd)?inspecteur|brigadier|hoofdcommissaris|commissaris|commandant|korpschef|surveillant|aspirant|rechercheur|hondengeleider|hondengeleidster|leidinggevende|docente?|lera(?:ar|res)|mentor|decaan|hoogleraar|promovend(?:us|a)|stagiaire?|secretaris|secretaresse|portier|receptionist|officier(?: van dienst)?|ovd|hovj|korporaal|sergeant|luitenant|kapitein|majoor|kolonel|schoolleider|rector|conciërge|teamlid van het arrestatieteam|arrestantenverzorger|centralist|boa|recherche-?assistent|jurist|p&o’?er|hr-?adviseur|vakbondsman|praktijkopleider|ibt-docent|adjudant|(?:jeugd|sport|team)?coach|trainer|beveiliger|wethouder|burgemeester|raadslid|officier|rechter|griffier|advocaat|chauffeur|monteur|planner|roostermaker|teamassistente?|verpleegkundige|arts|dokter|psycholoog|bedrijfsarts|baliemedewerker|hr-?medewerker|administratrice|boekhouder|schoonmaker|schoonmaakster|kok|voorman|opzichter|voorzitter|penningmeester|vertrouwenspersoon|analist|tolk|dominee|imam|pastoor|diender|marechaussee|bewaker|cipier|zij-instromer',
      ),
    ],
    ['self', any_case('(?:als |ben |was |is )?(?:de |het )?enige (?:\\p{L}{1,24} )?(?:in|op|van|bij|met|die|vrouw|man|moslim\\p{L}{0,24}|\\p{L}{1,24} (?:in|op|van))')],
    ['self', any_case('(?:als|de) (?:laatste|eerste|jongste|oudste)(?: (?:begonnen|binnengekomen|aangenomen|vrouw|van|in|op))')],
    ['self', any_case('(?:ik ben |ben ik |van )?\\d{2} jaar(?: oud)?|sinds (?:19|20)\\d\\d|al (?:\\d{1,2}|tien|vijftien|twintig|dertig) jaar')],
    ['self', any_case('mijn (?:man|vrouw|partner|dochter|zoon|kind(?:eren)?|vader|moeder|broer|zus(?:je)?|neef|nicht|ex|tweeling(?:zus|broer)|stiefvader|stiefmoeder|opa|oma|vriend(?:in)?|schoonzus|zwager|oom|tante)(?: (?:werkt|zit|is|was|heeft|gaat|woont))?(?: ook)?')],
    ['self', any_case('(?:\\p{L}{1,24} (?:maanden|weken) )?(?:hoog)?zwanger(?:schap)?\\p{L}{0,12}|(?:ouderschaps|bevallings|zwangerschaps)verlof|(?:twee|drie|vier|vijf|\\d) (?:vrouwen|mannen|meiden|jongens|moslims)|donkere huid(?:skleur)?|(?:een |mijn )?(?:hoofddoek|keppel(?:tje)?|tulband|rolstoel|gehoorapparaat|blindenstok|kruk(?:ken)?)|in (?:een|mijn) rolstoel')],
    ['self', any_case('homo(?:seksueel)?|lesbisch|lesbienne|biseksueel|trans(?:gender|vrouw|man)?|non-binair|doof(?: aan [^.,;]{2,12} oor)?|slechthorend|blind|slechtziend|autis(?:me|tisch)|adhd|dyslexie|epilepsie|diabetes|kanker|burn-?out|stotter(?:en|t)?|verlamd\\p{L}{0,3}|litteken|miskraam|abortus|scheiding|overspannen|depressie|psychose|verslav\\p{L}{2,8}|tatoeage|piercing|accent|vluchteling|asielzoeker|geadopteerd|adoptie')],
    ['self', any_case('moslima?|christen|jood(?:se)?|hindoe(?:staans)?|sikh|katholiek|gereformeerd|antilliaanse?|surinaamse?|marokkaan\\p{L}{0,3}|turkse?|molukse?|poolse?|indonesische?|chinese?|syrische?|somalische?|kaapverdiaanse?')],
    ['event', any_case('(?:mijn |het |de |een )?(?:\\p{L}{0,24}(?:uitje|borrel|feest|reünie|training|excursie|demonstratie|betoging|ontruiming|rellen|onderscheiding|lintje|begrafenis|uitvaart|crematie|bruiloft|jubileum|reorganisatie|incident|schietpartij|steekpartij|achtervolging|aanrijding|arrestatie|examen|sollicitatie(?:gesprek)?|overplaatsing|promotie|schorsing|gesprek met de directie|staking|huldiging|diploma-?uitreiking|beëdiging|keuring|brand|inbraak|overval|ongeluk|ongeval|noodweer|bezoek van [^.,;]{2,20}|jarig bestaan|opening|verbouwing|verhuizing|staatsbezoek|kampioenschap|toernooi|weekend weg|stage|open dag|zomerkamp|introductie(?:week)?)|(?:beoordelings|functionerings|exit|sollicitatie|voortgangs)gesprek)')],
  ],
};
