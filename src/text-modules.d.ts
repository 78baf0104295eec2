/** Files that plugins import as text, by `with { type: 'text' }`: migrations, and the modules of panels. */

declare module '*.sql' {
  const text: string
  export default text
}

declare module '*.panel.js' {
  const text: string
  export default text
}
