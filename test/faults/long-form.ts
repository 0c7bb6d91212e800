/** Whether the whole suite runs (`npm run test:faults`), or its short form among the other tests. */
export const isLongForm = process.env.FAULTS === 'all';
