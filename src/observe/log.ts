/** Structured logs: one JSON object a line on standard error. */
import pino from 'pino'
import type { LOG_LEVELS } from '../config/schema.ts'

/** A pino logger: JSON lines with a level. What is logged names no person. */
export type Logger = pino.Logger

/** @param level least severity that is written */
export const createLog = (level: (typeof LOG_LEVELS)[number]): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: 2, sync: true }),
  )
