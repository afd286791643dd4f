import { type Reference, type SavedObject, savedObject } from './saved-object.ts';

/** Kibana's grid has 48 columns. */
const COLUMNS = 48;

export interface Tile {
  of: SavedObject;
  width: number;
  height: number;
}

/** A dashboard whose tiles are saved objects; they fill rows from the left, in the order they stand in. */
export function kibanaDashboard(it: {
  id: string;
  title: string;
  why: string;
  tiles: readonly Tile[];
}): SavedObject {
  const tiles = placed(it.tiles);
  return savedObject({
    type: 'dashboard',
    id: it.id,
    attributes: {
      title: it.title,
      description: it.why,
      version: 1,
      timeRestore: true,
      timeFrom: 'now-1h',
      timeTo: 'now',
      refreshInterval: { pause: false, value: 60_000 },
      optionsJSON: JSON.stringify({
        useMargins: true,
        syncColors: true,
        syncCursor: true,
        syncTooltips: false,
        hidePanelTitles: false,
      }),
      panelsJSON: JSON.stringify(tiles.map(({ panel }) => panel)),
      kibanaSavedObjectMeta: {
        searchSourceJSON: JSON.stringify({ query: { language: 'kuery', query: '' }, filter: [] }),
      },
    },
    references: tiles.map(({ reference }) => reference),
  });
}

function placed(tiles: readonly Tile[]) {
  let x = 0;
  let y = 0;
  let line = 0;
  return tiles.map(({ of, width, height }, index) => {
    if (x + width > COLUMNS) {
      x = 0;
      y += line;
      line = 0;
    }
    const panelIndex = String(index + 1);
    const gridData = { x, y, w: width, h: height, i: panelIndex };
    x += width;
    line = Math.max(line, height);
    const type = of.type === 'search' ? ('search' as const) : ('lens' as const);
    const reference: Reference = { type, id: of.id, name: `${panelIndex}:panel_${panelIndex}` };
    const panel = {
      type,
      gridData,
      panelIndex,
      panelRefName: `panel_${panelIndex}`,
      embeddableConfig: { enhancements: {} },
    };
    return { panel, reference };
  });
}
