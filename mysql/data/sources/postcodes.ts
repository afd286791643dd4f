const german = `
Berlin 10115|Hamburg 20095|München 80331|Köln 50667|Frankfurt am Main 60311|Essen 45127|Stuttgart 70173
Dortmund 44135|Düsseldorf 40213|Bremen 28195|Hannover 30159|Leipzig 04109|Duisburg 47051|Nürnberg 90402
Dresden 01067|Bochum 44787|Wuppertal 42103|Bielefeld 33602|Bonn 53111|Mannheim 68159|Karlsruhe 76133
Wiesbaden 65183|Münster 48143|Gelsenkirchen 45879|Aachen 52062|Mönchengladbach 41061|Augsburg 86150
Chemnitz 09111|Braunschweig 38100|Krefeld 47798|Halle (Saale) 06108|Kiel 24103|Magdeburg 39104
Oberhausen 46045|Freiburg im Breisgau 79098|Lübeck 23552|Erfurt 99084|Hagen 58095|Rostock 18055
Kassel 34117|Hamm 59065|Mainz 55116|Saarbrücken 66111|Herne 44623|Mülheim an der Ruhr 45468
Osnabrück 49074|Solingen 42651|Ludwigshafen am Rhein 67059|Leverkusen 51373|Oldenburg 26122|Neuss 41460
Potsdam 14467|Heidelberg 69117|Paderborn 33098|Darmstadt 64283|Würzburg 97070|Regensburg 93047
Wolfsburg 38440|Recklinghausen 45657|Göttingen 37073|Heilbronn 74072|Ingolstadt 85049|Ulm 89073
Bottrop 46236|Pforzheim 75172|Offenbach am Main 63065|Bremerhaven 27568|Remscheid 42853|Reutlingen 72764
Fürth 90762|Moers 47441|Koblenz 56068|Siegen 57072|Bergisch Gladbach 51465|Jena 07743|Gera 07545
Hildesheim 31134|Erlangen 91054|Witten 58452|Salzgitter 38226|Trier 54290|Zwickau 08056
Kaiserslautern 67655|Iserlohn 58636|Schwerin 19053|Gütersloh 33330|Düren 52349|Esslingen 73728
Ratingen 40878|Marl 45768|Lünen 44532|Hanau 63450|Velbert 42551|Ludwigsburg 71638|Flensburg 24937
Cottbus 03046|Wilhelmshaven 26382|Tübingen 72070|Minden 32423|Villingen-Schwenningen 78050|Konstanz 78462
Worms 67547|Dorsten 46282|Lüdenscheid 58507|Marburg 35037|Neumünster 24534|Dessau-Roßlau 06844
Gladbeck 45964|Rheine 48431|Viersen 41747|Delmenhorst 27749|Bayreuth 95444|Gießen 35390|Bocholt 46397
Detmold 32756|Norderstedt 22846|Lüneburg 21335|Celle 29221|Bamberg 96047|Aschaffenburg 63739
Neubrandenburg 17033|Lippstadt 59555|Aalen 73430|Neuwied 56564|Plauen 08523|Herford 32052|Weimar 99423
Fulda 36037|Wesel 46483|Landshut 84028|Rosenheim 83022|Brandenburg an der Havel 14770|Stralsund 18439
Kempten (Allgäu) 87435|Schwäbisch Gmünd 73525|Offenburg 77652|Friedrichshafen 88045|Passau 94032
Greifswald 17489|Görlitz 02826|Eisenach 99817|Lindau 88131
`;

const withPostcode = (entry: string): [string, string] => {
  const space = entry.lastIndexOf(' ');
  return [entry.slice(0, space), entry.slice(space + 1)];
};

/** The postcode of the centre of each German town that is kept; a town without one is left out. */
export const germanPostcodes: ReadonlyMap<string, string> = new Map(
  german.trim().split(/[|\n]/).map(withPostcode),
);
