/** The page: mounted once, in the element that is there for it. */
import { render } from 'preact'
import './style/tokens.css'
import './style/base.css'
import './style/print.css'
import { App } from './app/app.tsx'
import { returnToPlace } from './views/sign-in/return-to.ts'
import './icon.svg'

returnToPlace()

const element = document.getElementById('page')
if (element) render(<App />, element)
