/**
 * How sure a proposal is. `sure`: the name and the values agree. `likely`: one of them says so, and the other does not contradict.
 * `guess`: a person should look at it.
 */
export type Sureness = 'sure' | 'likely' | 'guess';
