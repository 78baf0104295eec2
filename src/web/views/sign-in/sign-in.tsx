/** Signing in. */
export function SignIn({ because }: { readonly because: 'first' | 'ended' | 'left' }) {
  return <h1>{because}</h1>
}
