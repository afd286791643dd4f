// Jest transformer: Node's own type stripping keeps positions, so no source map is needed.
import { createHash } from 'node:crypto';
import { stripTypeScriptTypes } from 'node:module';

export default {
  process: (/** @type {string} */ source) => ({ code: stripTypeScriptTypes(source) }),
  processAsync: async (/** @type {string} */ source) => ({ code: stripTypeScriptTypes(source) }),
  /**
   * @param {string} source
   * @param {string} path
   * @param {{ instrument: boolean, configString: string }} options
   */
  getCacheKey: (source, path, options) =>
    createHash('sha1')
      .update(process.version + source + path + options.instrument + options.configString)
      .digest('hex'),
};
