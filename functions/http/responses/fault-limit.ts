/** Most faults that an error lists. In a file of its own, because both the errors and their schema need it. */
export const MAX_FAULTS = 20;
