/** Settings of logging in by a provider of OpenID Connect. */
import * as v from 'valibot'
import { isLoopback } from './loopback.ts'
import { isOrigin } from './origin.ts'
import { optionalSetting, setting, toggle } from './setting.ts'

const text = v.pipe(v.string(), v.trim(), v.nonEmpty())

/** OpenID Connect Discovery 1.0, section 3: neither query nor fragment. Without TLS anybody on the way could be it. */
function isIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, host, username, password } = new URL(value)
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(host))
  return isSafe && username + password === '' && !/[?#]/.test(value)
}

/** RFC 6749, section 3.3. */
const scopes = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^[\x21\x23-\x5b\x5d-\x7e]+(?: +[\x21\x23-\x5b\x5d-\x7e]+)*$/),
  v.check((value) => value.split(/ +/).includes('openid')),
)

/** `VALUE=ROLE`: a value may have `=` in it, a role has none. */
const grant = v.pipe(v.string(), v.regex(/^.*[^\s=].*=\s*[a-z0-9:_.-]{1,80}$/))

const grants = v.pipe(
  v.union([
    v.array(v.string()),
    v.pipe(
      v.record(v.string(), v.string()),
      v.transform((pairs) => Object.entries(pairs).map((pair) => pair.join('='))),
    ),
    v.pipe(
      v.string(),
      v.transform((value) => value.split(',')),
    ),
  ]),
  v.transform((items) => items.map((item) => item.trim()).filter((item) => item !== '')),
  v.array(grant),
)

/** Entries of the host's schema. */
export const OIDC_SETTINGS = {
  publicUrl: optionalSetting(v.pipe(v.string(), v.check(isOrigin)), {
    summary: 'Where browsers reach us; as each request says it, unless set',
    allowed: 'a scheme and a name such as https://emg.clinic.example',
    env: 'PUBLIC_URL',
  }),
  oidcIssuer: optionalSetting(v.pipe(v.string(), v.trim(), v.check(isIssuer)), {
    summary: 'Provider of OpenID Connect that people may log in by; none unless set',
    allowed: 'an https URL such as https://id.clinic.example/realms/clinic; http on loopback alone',
    env: 'OIDC_ISSUER',
  }),
  oidcClientId: optionalSetting(text, {
    summary: 'What the provider knows us by',
    allowed: 'an identifier',
    env: 'OIDC_CLIENT_ID',
  }),
  oidcClientSecret: optionalSetting(text, {
    summary: 'What we show the provider that we are it; none for a public client',
    allowed: 'a secret',
    env: 'OIDC_CLIENT_SECRET',
    secret: true,
  }),
  oidcScopes: setting(scopes, 'openid profile', {
    summary: 'What we ask the provider for',
    allowed: 'words with blanks between, openid among them',
    env: 'OIDC_SCOPES',
  }),
  oidcNameClaim: setting(text, 'preferred_username', {
    summary: 'Claim that names a user who is made at the first login',
    allowed: 'the name of a claim',
    env: 'OIDC_NAME_CLAIM',
  }),
  oidcRolesClaim: setting(text, 'roles', {
    summary: 'Claim that OIDC_ROLES looks at; a path such as realm_access.roles leads into an object',
    allowed: 'the name of a claim',
    env: 'OIDC_ROLES_CLAIM',
  }),
  oidcRoles: optionalSetting(grants, {
    summary: 'Which of its values gives which role, at each login; unless set, roles are given here',
    allowed: 'VALUE=ROLE with commas between, such as clinic-admins=admin,therapists=therapist',
    env: 'OIDC_ROLES',
  }),
  oidcCreateUsers: toggle(false, {
    summary: 'Make a user of whoever the provider lets in; else an administrator links those that there are',
    env: 'OIDC_CREATE_USERS',
  }),
  oidcCaFile: optionalSetting(text, {
    summary: 'Authorities to trust when the provider is reached over TLS, in place of those that we bring',
    allowed: 'the path of a PEM file',
    env: 'OIDC_CA_FILE',
  }),
} as const
