/** Values entered by hand. */
import { Problem } from '../../src/sdk.ts'
import type { Patient } from '../clinical-records/index.ts'
import { isPlausible } from './limits.ts'
import type { MvcRecord } from './records/record.ts'
import type { ManualMvc } from './schema.ts'
import type { MvcService } from './service.ts'

const PER_VOLT = { V: 1, mV: 1e3, uV: 1e6 } as const

/** Division by a whole number: 120 uV are 0.00012 V, and not a rounding error beside it. */
const toVolts = (value: number, unit: keyof typeof PER_VOLT): number => value / PER_VOLT[unit]

function requireEntry(before: MvcRecord | undefined): void {
  if (before === undefined || before.value === null) {
    throw new Problem(409, 'NO_MANUAL_MVC', 'There is no manual value of this muscle and side to withdraw.')
  }
}

/**
 * Enters a value, or with null withdraws the one in force.
 *
 * @throws {Problem} 422 MVC_IMPLAUSIBLE outside of 1 uV to 10 mV, 409 NO_MANUAL_MVC, 422 VALIDITY_EMPTY
 */
export async function enterManual(
  service: MvcService,
  patient: Patient,
  entry: ManualMvc,
): Promise<MvcRecord> {
  const { unit, value: given, ...rest } = entry
  const value = given === null ? null : toVolts(given, unit)
  if (value !== null && !isPlausible(value)) {
    throw new Problem(
      422,
      'MVC_IMPLAUSIBLE',
      `${given} ${unit} is outside of 1 uV to 10 mV, so it is no MVC.`,
      {
        errors: [{ path: 'body.value', message: 'expected 1 uV to 10 mV' }],
      },
    )
  }
  const record = {
    ...rest,
    value,
    unitBasis: 'declared',
    source: 'manual',
    recordingId: null,
    channel: null,
    trials: null,
    spreadPercent: null,
    flags: [],
  } as const
  const [appended] = await service.append(patient, [record], (_, before) => {
    if (value === null) requireEntry(before)
  })
  return appended as MvcRecord
}
