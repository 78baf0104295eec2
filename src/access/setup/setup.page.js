/* The page of a one-time link. The secret is in the fragment, which no browser sends; it leaves the address bar at once. */
const [kind, token] = location.hash.slice(1).split('=')
history.replaceState(null, '', location.pathname)

/** What the page says in English stands in it; an answer of the server that has no words here is said as it came. */
const WORDS = {
  en: {
    first: 'Set Myoserve up',
    other: 'Choose a password',
    noLink: 'This page is opened by a one-time link. Copy the whole link into the address bar.',
    differ: 'The two passwords differ.',
    wait: 'One moment…',
    done: (name) => `Done: ${name} is signed in.`,
    unreachable: 'The server does not answer; try again.',
    INVALID_REQUEST:
      'The name or the password does not do. A login name has small letters, digits and . _ @ - alone; a password 12 characters or more, 5 of them different, without the login name.',
  },
  fr: {
    first: 'Configurer Myoserve',
    other: 'Choisir un mot de passe',
    noLink: 'Cette page s’ouvre par un lien à usage unique. Copiez le lien entier dans la barre d’adresse.',
    differ: 'Les deux mots de passe diffèrent.',
    wait: 'Un instant…',
    done: (name) => `C’est fait. Bienvenue, ${name}.`,
    unreachable: 'Le serveur ne répond pas\u202f; réessayez.',
    toPage: 'Continuer vers Myoserve',
    name: 'Nom d’utilisateur',
    nameHint: 'Des minuscules, des chiffres et . _ @ -, par exemple anna.maes\u202f; il ne change plus',
    displayName: 'Comment on vous appelle',
    password: 'Mot de passe',
    hint: '12 caractères au moins\u202f; quelques mots conviennent bien',
    again: 'Mot de passe, encore une fois',
    submit: 'Enregistrer le mot de passe',
    SETUP_LINK_REFUSED: 'Ce lien a déjà servi, a expiré ou n’a jamais existé.',
    SETUP_DONE: 'Il existe déjà un premier administrateur. Connectez-vous, ou demandez-lui un lien.',
    INVALID_REQUEST:
      'Le nom ou le mot de passe ne convient pas. Nom d’utilisateur\u202f: minuscules, chiffres et . _ @ - seulement. Mot de passe\u202f: 12 caractères au moins, dont 5 différents, sans le nom d’utilisateur.',
    LOGIN_BUSY: 'Beaucoup de personnes se connectent en ce moment. Réessayez dans quelques secondes.',
  },
}
const language = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in WORDS) ?? 'en'
const t = WORDS[language]
document.documentElement.lang = language
for (const element of document.querySelectorAll('[data-word]')) {
  element.textContent = t[element.dataset.word] ?? element.textContent
}

const form = document.querySelector('form')
const said = document.querySelector('#said')
const say = (text, isError) => {
  said.textContent = text
  said.className = isError ? 'error' : ''
}

const isFirst = kind === 'first'
document.querySelector('h1').textContent = isFirst ? t.first : t.other
document.title = `${isFirst ? t.first : t.other} – Myoserve`
for (const field of document.querySelectorAll('.first')) {
  field.hidden = !isFirst
  field.querySelector('input').disabled = !isFirst
}
if (!token || !['first', 'password'].includes(kind)) {
  say(t.noLink, true)
} else {
  form.hidden = false
  form.querySelector('input:enabled').focus()
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const { name, displayName, password, again } = form.elements
  if (password.value !== again.value) return say(t.differ, true)
  const button = form.querySelector('button')
  button.disabled = true
  say(t.wait)
  try {
    const answer = await fetch('/api/setup', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        token,
        password: password.value,
        ...(isFirst && { name: name.value }),
        ...(isFirst && displayName.value.trim() && { displayName: displayName.value }),
      }),
    })
    const body = await answer.json()
    if (!answer.ok) return say(t[body.code] ?? body.detail, true)
    form.hidden = true
    say(t.done(body.displayName))
    const next = document.querySelector('#next')
    next.hidden = false
    next.querySelector('a').focus()
  } catch {
    say(t.unreachable, true)
  } finally {
    button.disabled = false
  }
})
