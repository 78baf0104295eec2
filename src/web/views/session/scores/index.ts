/** The scores of a session. */
export { SessionScores } from './session-scores.tsx'
