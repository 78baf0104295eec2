/* The page of a one-time link. The secret is in the fragment, which no browser sends; it leaves the address bar at once. */
const [kind, token] = location.hash.slice(1).split('=')
history.replaceState(null, '', location.pathname)

const form = document.querySelector('form')
const said = document.querySelector('#said')
const say = (text, isError) => {
  said.textContent = text
  said.className = isError ? 'error' : ''
}

const isFirst = kind === 'first'
document.querySelector('h1').textContent = isFirst ? 'Set Myoserve up' : 'Choose a password'
for (const field of document.querySelectorAll('.first')) {
  field.hidden = !isFirst
  field.querySelector('input').disabled = !isFirst
}
if (!token || !['first', 'password'].includes(kind)) {
  say('This page is opened by a one-time link. Copy the whole link into the address bar.', true)
} else {
  form.hidden = false
  form.querySelector('input:enabled').focus()
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const { name, displayName, password, again } = form.elements
  if (password.value !== again.value) return say('The two passwords differ.', true)
  const button = form.querySelector('button')
  button.disabled = true
  say('One moment')
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
    if (!answer.ok) return say(body.detail, true)
    form.hidden = true
    say(`Done: ${body.displayName} is logged in.`)
    document.querySelector('#next').hidden = false
  } catch {
    say('The server does not answer; try again.', true)
  } finally {
    button.disabled = false
  }
})
