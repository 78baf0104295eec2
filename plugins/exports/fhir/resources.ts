/** The parts of FHIR R4 that an export is made of, as far as it uses them: https://hl7.org/fhir/R4/ */

/** A code of a system, or plain words. */
export interface CodeableConcept {
  readonly coding?: ReadonlyArray<{
    readonly system: string
    readonly code: string
    readonly display?: string
  }>
  readonly text?: string
}

/** One resource refers to another of the bundle by its full URL. */
export interface Reference {
  readonly reference: string
}

/** An amount; `code` is of UCUM. */
export interface Quantity {
  readonly value: number
  readonly unit: string
  readonly system?: 'http://unitsofmeasure.org'
  readonly code?: string
}

/** A value, or why there is none. */
export type Value =
  | { readonly valueQuantity: Quantity }
  | { readonly valueCodeableConcept: CodeableConcept }
  | { readonly dataAbsentReason: CodeableConcept }

/** A part of an observation. */
export type Component = { readonly code: CodeableConcept } & Value

interface Resource {
  readonly id: string
}

export interface Patient extends Resource {
  readonly resourceType: 'Patient'
  readonly identifier: ReadonlyArray<{ readonly system: string; readonly value: string }>
  readonly name?: ReadonlyArray<{ readonly text: string }>
  readonly birthDate?: string
}

export interface Device extends Resource {
  readonly resourceType: 'Device'
  readonly deviceName: ReadonlyArray<{ readonly name: string; readonly type: 'user-friendly-name' }>
  readonly version: ReadonlyArray<{ readonly value: string }>
}

export interface Observation extends Resource {
  readonly resourceType: 'Observation'
  readonly status: 'final'
  readonly category: readonly CodeableConcept[]
  readonly code: CodeableConcept
  readonly subject?: Reference
  readonly effectiveDateTime?: string
  readonly device: Reference
  readonly bodySite?: CodeableConcept
  readonly method?: CodeableConcept
  readonly note?: ReadonlyArray<{ readonly text: string }>
  readonly valueQuantity?: Quantity
  readonly valueCodeableConcept?: CodeableConcept
  readonly dataAbsentReason?: CodeableConcept
  readonly component?: readonly Component[]
}

export interface DiagnosticReport extends Resource {
  readonly resourceType: 'DiagnosticReport'
  readonly identifier?: ReadonlyArray<{ readonly system: string; readonly value: string }>
  readonly status: 'final'
  readonly category: readonly CodeableConcept[]
  readonly code: CodeableConcept
  readonly subject?: Reference
  readonly effectiveDateTime?: string
  readonly result: readonly Reference[]
  readonly conclusion: string
}

/** Resources that belong together, and refer to each other. */
export interface Bundle {
  readonly resourceType: 'Bundle'
  readonly type: 'collection'
  readonly identifier: { readonly system: string; readonly value: string }
  readonly entry: ReadonlyArray<{
    readonly fullUrl: string
    readonly resource: Patient | Device | Observation | DiagnosticReport
  }>
}
