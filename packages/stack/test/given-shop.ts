import { createLayout } from '../src/layout.ts';
import { findRunningShop } from '../src/running-shop.ts';
import { createSurroundings } from '../src/shop.ts';

/** The shop that `npm test` runs for all tests of a tier; SHOP_DATA_DIR names its folder. */
export function openGivenShop() {
  const { SHOP_DATA_DIR: dataDir = '' } = process.env;
  const find = () => {
    const shop = findRunningShop(createLayout(dataDir).stateFile);
    if (!shop) throw new Error('SHOP_DATA_DIR names no shop that runs');
    return shop;
  };
  const { url, portBase, gatewayPort } = find();
  return {
    url,
    dataDir,
    surroundings: createSurroundings({ dataDir, portBase, gatewayPort }),
    /** Every part as it is now. */
    get parts() {
      return find().parts;
    },
    /** A part that dies of it is brought back by the launcher. */
    kill(name: string, signal: NodeJS.Signals) {
      const pid = find().parts.find((part) => part.name === name)?.pid;
      if (pid === undefined) throw new Error(`${name} does not run`);
      process.kill(pid, signal);
    },
  };
}
