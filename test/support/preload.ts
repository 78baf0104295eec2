/** Real servers take their time on a busy machine. */
import { setDefaultTimeout } from 'bun:test'

setDefaultTimeout(60_000)
