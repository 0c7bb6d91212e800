/** Changes whenever the vocabularies do: an index holds the phrases that they can ask for, so it belongs to one version. */
export const VOCABULARY_VERSION = 3;
