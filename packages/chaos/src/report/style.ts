/** Colours differ in lightness too, so that the plot reads without seeing red and green. */
export const style = `
:root { color-scheme: light dark; --page: #fbfaf8; --card: #fff; --ink: #1d1c1a; --soft: #6a665f; --line: #e4e0d8;
  --open: #e0a52f; --paid: #2f7d5d; --ended: #b9b3a8; --fault: #b8322a; --outage: #f1c9c4; --good: #2f7d5d; --bad: #b8322a; }
@media (prefers-color-scheme: dark) { :root { --page: #161513; --card: #1f1d1b; --ink: #efece6; --soft: #a39d93;
  --line: #37332e; --open: #e8b550; --paid: #4fae86; --ended: #6d675e; --fault: #ef6a5f; --outage: #5a2a27;
  --good: #5fc199; --bad: #ef6a5f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header, main { max-width: 1160px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 32px; }
.seed { margin: 0; color: var(--soft); }
h1 { margin: 4px 0 8px; font-size: 26px; line-height: 1.25; font-weight: 650; text-wrap: balance; }
h2 { margin: 0 0 10px; font-size: 17px; }
h3 { margin: 18px 0 6px; font-size: 15px; }
section { margin: 20px 0; padding: 18px 20px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 28px; }
.verdict { padding: 2px 10px; border-radius: 6px; color: var(--card); font-size: 18px; vertical-align: 3px; }
.verdict.good { background: var(--good); } .verdict.bad { background: var(--bad); }
.legend { margin: 0 0 8px; color: var(--soft); }
.key { display: inline-block; width: 12px; height: 12px; margin: 0 6px 0 14px; border-radius: 3px; vertical-align: -1px; }
.legend .key:first-child { margin-left: 0; }
.key.open { background: var(--open); } .key.paid { background: var(--paid); } .key.ended { background: var(--ended); }
.key.fault { background: var(--fault); } .key.outage { background: var(--outage); }
.plot { overflow-x: auto; } svg { display: block; width: 100%; min-width: 760px; height: auto; }
svg .open { fill: var(--open); } svg .paid { fill: var(--paid); } svg .ended { fill: var(--ended); }
svg .fault { fill: var(--fault); } svg .outage { fill: var(--outage); }
svg .grid { stroke: var(--line); } svg .last { stroke: var(--ink); stroke-dasharray: 4 4; }
svg .tick { fill: var(--soft); font-size: 12px; } svg .title { fill: var(--ink); font-size: 13px; font-weight: 600; }
.scroll { overflow-x: auto; } table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; color: var(--soft); } th, td { padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody tr:last-child td { border-bottom: 0; } .number { text-align: right; } .mark { width: 20px; font-weight: 700; }
tr.good .mark { color: var(--good); } tr.bad .mark { color: var(--bad); } tr.unseen { color: var(--soft); }
ul { margin: 6px 0; padding-left: 18px; } code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere; } small { color: var(--soft); }
`;
