/** Words of the frame. */
import { defineWords } from '../language/language.ts'

export const words = defineWords('frame', {
  en: {
    overview: 'Overview',
    navigation: 'Main navigation',
    skip: 'Skip to the content',
    signOut: 'Sign out',
    notAllowed: 'Your account may not see this.',
    nothingHere: 'There is nothing at this address',
    toStart: 'To the overview',
    viewFailed: 'This view has failed.',
    tryAgain: 'Try again',
  },
  fr: {
    overview: 'Vue d’ensemble',
    navigation: 'Navigation principale',
    skip: 'Aller au contenu',
    signOut: 'Se déconnecter',
    notAllowed: 'Votre compte ne permet pas de voir cette page.',
    nothingHere: 'Il n’y a rien à cette adresse',
    toStart: 'Vers la vue d’ensemble',
    viewFailed: 'Cette vue ne fonctionne pas.',
    tryAgain: 'Réessayer',
  },
})
