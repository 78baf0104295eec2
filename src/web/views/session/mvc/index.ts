/** The MVC values of a session. */
export { SessionMvc } from './session-mvc.tsx'
