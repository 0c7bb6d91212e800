/** ASCII punctuation next to a Chinese character. */
export const HALF_WIDTH = /\p{Script=Han}\s?[,;:!?()"]|[,;:!?()"]\s?\p{Script=Han}|\p{Script=Han}\./u;

/** A blank between Chinese characters, or after Chinese punctuation; a separating dot has blanks. */
export const HAN_GAP = /\p{Script=Han}[ \u00a0](?=\p{Script=Han})|[，。：；（）、][ \u00a0](?!·)/u;
