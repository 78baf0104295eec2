/** Words of the parts that all views share. */
import { defineWords } from '../language/language.ts'

export const words = defineWords('ui', {
  en: {
    loading: 'Loading…',
    tryAgain: 'Try again',
    close: 'Close',
    cancel: 'Cancel',
    more: 'Show more',
    unreachable: 'The server does not answer. Check that it runs and that this device is on the network.',
    signedOut: 'You are signed out. Sign in again.',
    forbidden: 'Your account may not do this.',
    missing: 'This is not there, or not yours to see.',
    changedSince: 'Somebody has changed this since you opened it. Look at it again, then change it.',
    tooMany: 'Too many requests at once. Wait a moment, then try again.',
    invalid: 'Something that was entered cannot be right.',
    unavailable: 'The server cannot do this right now. Try again in a moment.',
    serverFailed: 'The server has failed. Tell whoever runs it, with this number:',
  },
  fr: {
    loading: 'Chargement…',
    tryAgain: 'Réessayer',
    close: 'Fermer',
    cancel: 'Annuler',
    more: 'Afficher la suite',
    unreachable:
      'Le serveur ne répond pas. Vérifiez qu’il fonctionne et que cet appareil est connecté au réseau.',
    signedOut: 'Vous êtes déconnecté. Reconnectez-vous.',
    forbidden: 'Votre compte ne permet pas cette action.',
    missing: 'Cet élément n’existe pas, ou ne vous est pas accessible.',
    changedSince: 'Quelqu’un a modifié ceci depuis que vous l’avez ouvert. Relisez-le, puis modifiez-le.',
    tooMany: 'Trop de demandes à la fois. Attendez un instant, puis réessayez.',
    invalid: 'Une valeur saisie ne peut pas être correcte.',
    unavailable: 'Le serveur ne peut pas le faire pour le moment. Réessayez dans un instant.',
    serverFailed:
      'Le serveur a rencontré une erreur. Signalez-la à la personne qui le gère, avec ce numéro :',
  },
})
