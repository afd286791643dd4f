/** What common passwords are made of, before people add digits and signs; in lower case. */
export const commonWords: ReadonlySet<string> = new Set(
  `
  password passwort passw0rd pass passwd pword motdepasse contrasena senha parola wachtwoord haslo geheim secret
  changeme change default guest admin administrator root user username login signin welcome welcom willkommen
  bienvenue hello hallo hola letmein letmein access master test testing tester demo sample example temp temporary
  qwerty qwertz azerty qwertyuiop qwertzuiop azertyuiop asdf asdfgh asdfghjk asdfghjkl zxcvbn zxcvbnm yxcvbnm
  qazwsx qazwsxedc wasd abc abcd abcdef abcdefg abcdefgh abcdefghi qweasd qweasdzxc qwer qwe asd zxc
  iloveyou iloveu loveyou loveme love lovely lover ilove babygirl babyboy baby sweetheart sweetie honey princess
  prinzessin prince queen king angel angels angela heaven jesus jesuschrist christ god blessed faith hope grace
  dragon monkey tiger lion panther eagle falcon wolf bear shark dolphin butterfly unicorn kitty kitten puppy horse
  pony ginger snoopy garfield tweety tinkerbell mickey mickeymouse minnie disney pokemon pikachu charizard naruto
  sunshine sonnenschein moonlight starlight rainbow flower blume sommer summer winter spring autumn herbst
  fruehling january february march april june july august september october november december monday friday sunday
  football fussball soccer baseball basketball hockey tennis golf rugby cricket boxing skate skateboard surfing
  liverpool chelsea arsenal manchester manutd everton barcelona realmadrid juventus milan inter bayern dortmund
  schalke hamburg berlin munich muenchen koeln london paris newyork boston chicago dallas texas california america
  canada australia england germany deutschland france espana italia brasil mexico argentina india pakistan
  yankees lakers cowboys steelers eagles packers redsox patriots giants dodgers broncos raiders ravens
  superman batman spiderman ironman hulk avengers starwars skywalker darthvader yoda matrix neo trinity gandalf
  frodo hobbit hogwarts harrypotter potter hermione samsung apple iphone android google facebook instagram twitter
  youtube yahoo hotmail gmail microsoft windows linux ubuntu computer laptop internet network server database
  nintendo playstation xbox minecraft fortnite roblox callofduty warcraft starcraft counterstrike zelda mario
  mustang corvette ferrari porsche mercedes bmw audi volkswagen toyota honda yamaha suzuki kawasaki ducati harley
  jordan michael jennifer jessica ashley amanda nicole michelle daniel andrew joshua matthew anthony robert thomas
  william david charlie george jasmine samantha elizabeth victoria alexander alexandra stephanie christian
  christopher jonathan benjamin patrick richard steven taylor hunter hannah sophie sophia olivia emma anna maria
  andrea sandra sabine stefan markus martin peter frank thorsten wolfgang klaus juergen schatz schatzi liebling
  engel mausi mause hase hasi spatz ficken arschloch fuckyou fuckme fuckoff asshole bitch pussy killer cheese
  chocolate schokolade banana orange cookie cookies pepper chicken coffee pizza burger bacon butter
  freedom forever forget whatever nothing something anything trustno trustme trust biteme letmesee opensesame
  sesame magic wizard ninja samurai pirate captain soldier sniper ranger marine army police doctor phoenix shadow
  thunder lightning storm diamond crystal silver golden purple yellow orange midnight
  music guitar metallica nirvana slipknot beatles eminem rammstein blink
  family friends friend brother sister mother father daddy mommy mama papa grandma
  money dollar euro bitcoin rich success winner victory champion number one
  ncc enterprise startrek stargate galaxy mercury jupiter saturn neptune apollo
  zaq xsw cde azsxdc poiuy poiuytrewq lkjhgfdsa mnbvcxz
  shop shopping shopstack customer account private security secure system manager office company
`
    .trim()
    .split(/\s+/),
);
