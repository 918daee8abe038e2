// Loaded in front of vsce, which knows no option for it: compresses as well as zlib can. The native compilers are nine tenths of the
// package, and this makes them a quarter of a megabyte smaller.
const zlib = require('node:zlib');

const best = { level: zlib.constants.Z_BEST_COMPRESSION, memLevel: 9 };
const { deflateRaw, DeflateRaw } = zlib;

zlib.deflateRaw = (buffer, callback) => deflateRaw(buffer, best, callback);
zlib.DeflateRaw = class extends DeflateRaw {
  constructor() {
    super(best);
  }
};
