/** Words of signing in. */
import { defineWords } from '../../language/language.ts'

export const words = defineWords('sign-in', {
  en: {
    title: 'Sign in',
    about: 'EMG analysis for rehabilitation',
    ended: 'Your login has ended. Sign in again to go on where you were.',
    left: 'You are signed out.',
    name: 'Login name',
    password: 'Password',
    show: 'Show the password',
    submit: 'Sign in',
    running: 'Signing in…',
    nameMissing: 'Type your login name.',
    passwordMissing: 'Type your password.',
    wrong: 'Name and password do not belong together. Check both, and whether Caps Lock is on.',
    throttled: (time: string | null) =>
      time === null
        ? 'Too many logins have failed. Wait some minutes, then try again.'
        : `Too many logins have failed. Try again in ${time}.`,
    busy: 'Many people sign in at this moment. Try again in a few seconds.',
    provider: (name: string) => `Sign in by ${name}`,
    or: 'or by a password',
    methodsUnknown: 'Whether there are other ways to sign in could not be found out.',
    help: 'First time here?',
    firstSetup:
      'Whoever started the server has a one-time link for the first administrator: it stands in the window in which Myoserve was started. Others get such a link from an administrator.',
    forgotten: 'Password forgotten?',
    forgottenHint: 'An administrator can make a one-time link with which you choose another one.',
    display: 'Language and colours',
  },
  fr: {
    title: 'Se connecter',
    about: 'Analyse EMG pour la rééducation',
    ended: 'Votre session est terminée. Reconnectez-vous pour reprendre où vous en étiez.',
    left: 'Vous êtes déconnecté.',
    name: 'Nom d’utilisateur',
    password: 'Mot de passe',
    show: 'Afficher le mot de passe',
    submit: 'Se connecter',
    running: 'Connexion…',
    nameMissing: 'Saisissez votre nom d’utilisateur.',
    passwordMissing: 'Saisissez votre mot de passe.',
    wrong:
      'Le nom et le mot de passe ne correspondent pas. Vérifiez les deux, et le verrouillage des majuscules.',
    throttled: (time: string | null) =>
      time === null
        ? 'Trop de connexions ont échoué. Attendez quelques minutes, puis réessayez.'
        : `Trop de connexions ont échoué. Réessayez dans ${time}.`,
    busy: 'Beaucoup de personnes se connectent en ce moment. Réessayez dans quelques secondes.',
    provider: (name: string) => `Se connecter avec ${name}`,
    or: 'ou avec un mot de passe',
    methodsUnknown: 'Impossible de savoir s’il existe d’autres façons de se connecter.',
    help: 'Première visite\u202f?',
    firstSetup:
      'La personne qui a démarré le serveur dispose d’un lien à usage unique pour le premier administrateur\u202f: il figure dans la fenêtre où Myoserve a été démarré. Les autres reçoivent un tel lien d’un administrateur.',
    forgotten: 'Mot de passe oublié\u202f?',
    forgottenHint: 'Un administrateur peut créer un lien à usage unique pour en choisir un autre.',
    display: 'Langue et couleurs',
  },
})
