declare module 'fold-to-ascii' {
  /** Lucene's ASCIIFoldingFilter: letters without an ASCII form stay as they are. */
  const asciiFolder: { foldMaintaining(text: string): string };
  export = asciiFolder;
}
