// Jest transformer: Node's own type stripping keeps positions, so no source map is needed.
import { createHash } from 'node:crypto';
import { stripTypeScriptTypes } from 'node:module';

/** @type {import('@jest/transform').Transformer<unknown>} */
export default {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
  processAsync: async (source) => ({ code: stripTypeScriptTypes(source) }),
  getCacheKey: (source, path, options) =>
    createHash('sha1')
      .update(process.version + source + path + options.instrument + options.configString)
      .digest('hex'),
};
