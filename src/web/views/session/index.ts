/** The views of a session, and of a recording that belongs to none. */
export { RecordingView, SessionView } from './session.tsx'
