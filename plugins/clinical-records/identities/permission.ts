/** The permission to know who a patient is, and to say so. */
export const IDENTIFY = 'patients:identify'
