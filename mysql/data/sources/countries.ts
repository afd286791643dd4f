/** One line per country: code, currency, zone, number of places to keep, postcode pattern (anchored) if it has one. */
const table = String.raw`
DE EUR de 120 ^\d{5}$
AT EUR eu 45 ^\d{4}$
BE EUR eu 25 ^\d{4}$
BG EUR eu 20 ^\d{4}$
HR EUR eu 18 ^\d{5}$
CY EUR eu 6 ^\d{4}$
CZ CZK eu 30 ^\d{3} ?\d{2}$
DK DKK eu 25 ^\d{4}$
EE EUR eu 12 ^\d{5}$
FI EUR eu 22 ^\d{5}$
FR EUR eu 65 ^\d{5}$
GR EUR eu 22 ^\d{3} ?\d{2}$
HU HUF eu 22 ^\d{4}$
IE EUR eu 20 ^[A-Z]\d[\dW] ?[A-Z\d]{4}$
IT EUR eu 55 ^\d{5}$
LV EUR eu 10 ^LV-\d{4}$
LT EUR eu 12 ^LT-\d{5}$
LU EUR eu 8 ^(L-)?\d{4}$
MT EUR eu 8 ^[A-Z]{3} ?\d{4}$
NL EUR eu 45 ^\d{4} ?[A-Z]{2}$
PL PLN eu 50 ^\d{2}-\d{3}$
PT EUR eu 22 ^\d{4}-\d{3}$
RO RON eu 25 ^\d{6}$
SK EUR eu 18 ^\d{3} ?\d{2}$
SI EUR eu 14 ^\d{4}$
ES EUR eu 50 ^\d{5}$
SE SEK eu 28 ^\d{3} ?\d{2}$
AL ALL europe 10 ^\d{4}$
AD EUR europe 5 ^AD\d{3}$
BA BAM europe 12 ^\d{5}$
CH CHF europe 40 ^\d{4}$
GB GBP europe 65 ^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$
IS ISK europe 10 ^\d{3}$
LI CHF europe 6 ^94\d{2}$
MC EUR europe 5 ^980\d{2}$
MD MDL europe 10 ^(MD-?)?\d{4}$
ME EUR europe 8 ^8\d{4}$
MK MKD europe 10 ^\d{4}$
NO NOK europe 22 ^\d{4}$
RS RSD europe 15 ^\d{5}$
TR TRY europe 28 ^\d{5}$
UA UAH europe 22 ^\d{5}$
AE AED world-1 8
AM AMD world-1 8 ^\d{4}$
AZ AZN world-1 8 ^AZ ?\d{4}$
BH BHD world-1 6
CA CAD world-1 32 ^[A-Z]\d[A-Z] ?\d[A-Z]\d$
DZ DZD world-1 12 ^\d{5}$
EG EGP world-1 14 ^\d{5}$
GE GEL world-1 8 ^\d{4}$
IL ILS world-1 14 ^\d{5}(\d{2})?$
JO JOD world-1 8 ^\d{5}$
KW KWD world-1 8 ^\d{5}$
LB LBP world-1 8
MA MAD world-1 14 ^\d{5}$
OM OMR world-1 8 ^\d{3}$
QA QAR world-1 6
SA SAR world-1 12 ^\d{5}(-\d{4})?$
TN TND world-1 10 ^\d{4}$
US USD world-1 110 ^\d{5}(-\d{4})?$
AR ARS world-2 20 ^([A-Z]\d{4}[A-Z]{3}|\d{4})$
AU AUD world-2 30 ^\d{4}$
BD BDT world-2 12 ^\d{4}$
BO BOB world-2 10
BR BRL world-2 36 ^\d{5}-?\d{3}$
BW BWP world-2 8
CI XOF world-2 10
CL CLP world-2 15 ^\d{7}$
CM XAF world-2 10
CN CNY world-2 40 ^\d{6}$
CO COP world-2 16 ^\d{6}$
CR CRC world-2 8 ^\d{5}$
DO DOP world-2 8 ^\d{5}$
EC USD world-2 10 ^\d{6}$
ET ETB world-2 12 ^\d{4}$
FJ FJD world-2 5
GH GHS world-2 12
GT GTQ world-2 8 ^\d{5}$
HK HKD world-2 6
HN HNL world-2 8 ^\d{5}$
ID IDR world-2 24 ^\d{5}$
IN INR world-2 45 ^\d{6}$
JM JMD world-2 6
JP JPY world-2 42 ^\d{3}-?\d{4}$
KE KES world-2 45 ^\d{5}$
KH KHR world-2 8 ^\d{5,6}$
KR KRW world-2 24 ^\d{5}$
KZ KZT world-2 12 ^(\d{6}|[A-Z]\d{2}[A-Z]\d[A-Z]\d)$
LK LKR world-2 10 ^\d{5}$
MG MGA world-2 8 ^\d{3}$
MN MNT world-2 6 ^\d{5}$
MU MUR world-2 8 ^\d{5}$
MX MXN world-2 26 ^\d{5}$
MY MYR world-2 16 ^\d{5}$
MZ MZN world-2 8 ^\d{4}$
NA NAD world-2 8 ^\d{5}$
NG NGN world-2 20 ^\d{6}$
NP NPR world-2 8 ^\d{5}$
NZ NZD world-2 18 ^\d{4}$
PA PAB world-2 6
PE PEN world-2 14 ^\d{5}$
PH PHP world-2 18 ^\d{4}$
PK PKR world-2 16 ^\d{5}$
PY PYG world-2 8 ^\d{4}$
RW RWF world-2 8
SG SGD world-2 5 ^\d{6}$
SN XOF world-2 8 ^\d{5}$
TH THB world-2 18 ^\d{5}$
TT TTD world-2 6 ^\d{6}$
TW TWD world-2 14 ^\d{3}(\d{2,3})?$
TZ TZS world-2 14 ^\d{5}$
UG UGX world-2 12
UY UYU world-2 8 ^\d{5}$
UZ UZS world-2 10 ^\d{6}$
VN VND world-2 18 ^\d{5,6}$
ZA ZAR world-2 24 ^\d{4}$
ZM ZMW world-2 8 ^\d{5}$
ZW ZWG world-2 8
`;

export type CountrySource = {
  code: string;
  currency: string;
  zone: string;
  places: number;
  postcodePattern: string;
};

const parseLine = (line: string): CountrySource => {
  const [code = '', currency = '', zone = '', places = '0', ...pattern] = line.split(' ');
  return { code, currency, zone, places: Number(places), postcodePattern: pattern.join(' ') };
};

export const countrySources = table.trim().split('\n').map(parseLine);
