/** Structured logs: one JSON object a line on standard error. */
import pino from 'pino'
import type { LOG_LEVELS } from '../config/schema.ts'
import { loggedError } from './logged-error.ts'

/** A pino logger: JSON lines with a level. What is logged names no person. */
export type Logger = pino.Logger

/**
 * @param level least severity that is written
 * @param isMuted tells at each entry whether it is left out
 */
export const createLog = (level: (typeof LOG_LEVELS)[number], isMuted = () => false): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: loggedError },
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        logMethod(args, method) {
          if (!isMuted()) method.apply(this, args)
        },
      },
    },
    pino.destination({ dest: 2, sync: true }),
  )
