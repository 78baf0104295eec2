/** Whose records somebody may see. */

/**
 * All patients, those of one therapist by the name that the clinic records call them, or the patients of these codes
 * alone. Every filter of rows is made from this, and from nothing else.
 */
export type PatientScope = 'all' | { readonly therapist: string } | { readonly patients: readonly string[] }
