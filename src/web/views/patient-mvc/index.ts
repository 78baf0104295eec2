/** The MVC values of a patient. */
export { Calibrate } from './calibrate.tsx'
export { PatientMvc } from './patient-mvc.tsx'
