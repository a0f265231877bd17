#!/usr/bin/env node
const { version } = require('../package.json');
const argv = process.argv.slice(2);

// The commonest question of scripts is answered without loading anything.
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) process.stdout.write(`${version}\n`);
else {
  require('./code-cache.js').useCodeCache();
  void require('../dist/cli.cjs').main(argv, version);
}
