/** How templates are compiled, at build time and at run time alike. */
export const compileOptions: CompileOptions = {
  noEscape: true, // the view's texts are safe already
  strict: true, // a misspelt field is an error, not nothing
  preventIndent: true,
  knownHelpersOnly: true,
  knownHelpers: {
    apart: true,
    'any-of': true,
    'hang-quote': true,
    'heading-marks': true,
    'hang-indent': true,
    'link-target': true,
    'under-line': true,
  },
};
