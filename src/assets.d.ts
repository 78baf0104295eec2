/** Files that the bundler embeds: `with { type: 'file' }` gives a path. */

declare module '*.css' {
  const path: string
  export default path
}

declare module '*.page.js' {
  const path: string
  export default path
}

declare module 'swagger-ui-dist/swagger-ui-bundle.js' {
  const path: string
  export default path
}
