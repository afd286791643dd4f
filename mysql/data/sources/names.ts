/** GeoNames name → the name in use today, the local one in Germany. Keys are `country:name`. */
const renamed: Readonly<Record<string, string>> = {
  'AT:Sankt Pölten': 'St. Pölten',
  'CA:Montréal': 'Montreal',
  'CA:Québec': 'Quebec City',
  'CH:Genève': 'Geneva',
  'CH:Luzern': 'Lucerne',
  'CH:Sankt Gallen': 'St. Gallen',
  'CH:Sitten': 'Sion',
  'DE:Dessau': 'Dessau-Roßlau',
  'DE:Freiburg': 'Freiburg im Breisgau',
  'DE:Hanau am Main': 'Hanau',
  'DE:Marburg an der Lahn': 'Marburg',
  'DE:Munich': 'München',
  'DE:Mülheim': 'Mülheim an der Ruhr',
  'DE:Offenbach': 'Offenbach am Main',
  'DK:Århus': 'Aarhus',
  'ES:Cadiz': 'Cádiz',
  'ES:Donostia / San Sebastián': 'San Sebastián',
  'ES:Gasteiz / Vitoria': 'Vitoria-Gasteiz',
  'GE:P’ot’i': 'Poti',
  'GR:Irákleion': 'Heraklion',
  'GR:Lárisa': 'Larissa',
  'GR:Pátra': 'Patras',
  'GR:Ródos': 'Rhodes',
  'IE:Gaillimh': 'Galway',
  'IE:Luimneach': 'Limerick',
  'IN:Allahābād': 'Prayagraj',
  'IN:Hāora': 'Howrah',
  'IT:Padova': 'Padua',
  'JP:Gifu-shi': 'Gifu',
  'JP:Nara-shi': 'Nara',
  'KE:Makueni Boma': 'Wote',
  'KZ:Nur-Sultan': 'Astana',
  'LT:Mazeikiai': 'Mažeikiai',
  'LT:Telsiai': 'Telšiai',
  'MA:Sale': 'Salé',
  'MN:Ulan Bator': 'Ulaanbaatar',
  'MX:León de los Aldama': 'León',
  'MX:Santiago de Querétaro': 'Querétaro',
  'NL:Almere Stad': 'Almere',
  'PA:Panamá': 'Panama City',
  'PL:Bielsko-Biala': 'Bielsko-Biała',
  'UA:Odessa': 'Odesa',
  'US:New York City': 'New York',
  'UZ:Qo‘qon': 'Kokand',
  'ZA:Port Elizabeth': 'Gqeberha',
};

const transliterated = new Set(
  'AE AM BD BG BH EG GE GR IL IN JO JP KR KW LB NP OM PK QA SA UA UZ'.split(' '),
);

/** The name to show: places in other scripts lose the marks of scholarly transliteration. */
export const nameOf = (country: string, sourceName: string) => {
  const known = renamed[`${country}:${sourceName}`];
  if (known) return known;
  if (!transliterated.has(country)) return sourceName.replace(/[‘’]/g, "'");
  const plain = sourceName.normalize('NFD').replace(/[\p{M}‘’']/gu, '');
  return country === 'KR' ? plain.replace(/-si$/, '') : plain;
};

const left: Readonly<Record<string, string>> = {
  AT: 'Straßgang',
  AU: 'Adelaide Hills|Frankston East|St Albans|Liverpool|Parramatta|Kwinana|Logan City',
  BD: 'Tungi|Shibganj',
  CA: 'North York|Scarborough|Etobicoke|Nepean|Ladner',
  CN: 'Dadonghai|Yunfu',
  DZ: 'Bab Ezzouar|Boumerdas',
  FR: 'Marseille 15',
  GB: 'Islington|City of Westminster|Bexley|Archway|Sutton|Croydon',
  GE: 'Sokhumi',
  HU: 'Parádsasvár',
  IN: 'Najafgarh|Nowrangapur|Pimpri|Dombivli',
  IT: 'Acilia-Castel Fusano-Ostia Antica|Mestre|Lido di Ostia',
  JO: 'Rukban',
  JP: 'Yono|Nishinomiya-hama|Minato',
  MK: 'Kisela Voda',
  MT: 'Saint John',
  MX: 'Iztapalapa|Coyoacán',
  MY: 'Kampung Baru Subang',
  NG: 'Ikeja|Lekki|Ebute Ikorodu',
  NL: 'Zaanstad|Velsen-Zuid',
  PH: 'Budta|Malingao|Mansilingan',
  PK: 'Battagram|Kotli|Muzaffarabad',
  PL: 'Mokotów|Praga Południe|Ursynów|Wola|Bielany|Śródmieście|Targówek|Białołeka',
  PT: 'Santo António dos Olivais|Olivais|Benfica|Monsanto',
  SA: 'Sultanah',
  SN: 'Thiès Nones',
  TR: 'Çankaya|Bağcılar|Umraniye|Muratpaşa|Sultangazi|Maltepe|Ataşehir|Esenyurt|Karabağlar',
  UA: 'Donetsk|Luhansk|Makiyivka|Mariupol|Sevastopol|Simferopol|Horlivka|Kerch|Yevpatoriya|Yenakiyeve|Melitopol|Berdyansk',
  US: 'Brooklyn|Queens|Manhattan|The Bronx|Staten Island|Ironville|Meads|Jamaica|Paradise|Maryvale|Lexington',
  VN: 'Đưc Trọng|La Gi',
};

/** Parts of a larger town that the source lists as towns of their own, and places no carrier serves. */
export const isLeftOut = (country: string, name: string) => (left[country] ?? '').split('|').includes(name);
