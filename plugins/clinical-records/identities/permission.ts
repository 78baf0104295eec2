/** The permission of everything that tells who a patient is. */

/** To know who patients are, and to say so. */
export const IDENTIFY = 'patients:identify'
