/** Second-order sections: how filters are laid out here, as in scipy. */

/** One section `[b0, b1, b2, 1, a1, a2]` of a filter, as scipy lays it out. */
export type Section = readonly [number, number, number, number, number, number]
