// A thread of a build, with what V8 made of its code.
require('./code-cache.js').useCodeCache();
require('../dist/worker.cjs');
