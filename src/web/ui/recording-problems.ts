/** Why a recording is not taken, or not analysed, in the words of whoever has brought it, with what to do about it. */
import type { ApiProblem } from '../api/client.ts'
import { defineWords, language } from '../language/language.ts'
import { type ProblemTexts, problemText } from './problem-text.ts'

/** By code: of docs/c3d.md, docs/edf.md, docs/intake.md, docs/analysis.md and docs/jobs.md. */
export const words = defineWords('recording problems', {
  en: {
    EMPTY: 'The file is empty. Export it again from the device, and check that it has a size.',
    TOO_SHORT: 'The file is cut off: even its beginning is not whole. Copy or export it again.',
    NOT_C3D: 'This is no C3D, EDF or BDF recording. Choose the file that the device has recorded.',
    PARAM_POINTER: 'This is no C3D recording, or its beginning is damaged. Export it again.',
    PROCESSOR: 'The beginning of this C3D file is damaged. Export it again.',
    DATA_START: 'The file is damaged or cut off: the samples are not where it says. Copy or export it again.',
    NO_FRAMES: 'The file is cut off before its first sample. Copy or export it again.',
    NO_COUNTS: 'The file does not say how many channels it has. Export it again.',
    PARAM_LOOP: 'The parameters of this file are damaged. Export it again.',
    PARAM_TYPE: 'The parameters of this file are damaged. Export it again.',
    PARAM_DIMS: 'The parameters of this file are damaged. Export it again.',
    ALLOC_LIMIT:
      'The file says that it holds more than it has: it is damaged or cut off. Copy or export it again.',
    RATE: 'The file does not say how many samples a second it has. Export it again with the rate.',
    SIZE_LIMIT: 'The recording is larger than this server takes. Record or export a shorter one.',
    NOT_EDF: 'This is no EDF or BDF recording. Choose the file that the device has recorded.',
    NO_SIGNALS: 'The file has no signals. Export it again with the channels of EMG.',
    RECORD_SIZE: 'The beginning of this EDF file is damaged. Export it again.',
    RECORD_DURATION: 'The file does not say how long its records are. Export it again.',
    NO_RECORDS: 'The file is cut off before its first sample. Copy or export it again.',
    GAP_LIMIT: 'Most of this recording is missing between its parts. Export the parts one by one.',
    FORMAT_MISSING: 'The plugin that reads this format is not there any more. Ask whoever runs the server.',
    PLUGIN_QUARANTINED: 'A plugin that this needs was switched off. Ask whoever runs the server.',
    READING_UNFINISHED:
      'Reading the recording did not come to an end. Try again; if it stays so, the file is damaged.',
    RECORDING_TOO_LARGE: 'The file is larger than this server takes. Record or export a shorter one.',
    RECORDING_IN_OTHER_SESSION:
      'This recording is there already, in a session of another patient. Check whose it is: nothing was changed.',
    RECORDING_TAKEN:
      'This recording is there already, with a patient whom you do not treat. Check whose it is, or ask your administrator.',
    RECORDING_NOT_FOUND: 'The recording is not there any more.',
    PATIENT_NOT_FOUND: 'There is no such patient, or it is not yours. Choose the patient anew.',
    BAD_FORM: 'The file came incomplete. Try again.',
    NO_FILE: 'The file came without its content. Choose it anew.',
    FILE_UNREADABLE:
      'This device cannot read the file any more: it was moved, changed or removed. Choose it anew.',
    BODY_TOO_SLOW: 'The connection was too slow, and was ended. Go nearer to the network, then try again.',
    RATE_LIMITED: 'The server has more to do than it can. Wait a minute, then try again.',
    TOO_MANY_AT_ONCE: 'The server has more to do than it can. Wait a minute, then try again.',
    UNREACHABLE: 'The connection was lost. It is sent again as soon as the network is back.',
    ANALYSIS_FAILED:
      'The analysis failed for a reason that only the log of the server tells. Ask whoever runs it.',
    ANALYSIS_TIMEOUT: 'The analysis took too long. Try again when the server has less to do.',
    ANALYSIS_MEMORY: 'The analysis took too much memory. Record or export a shorter recording.',
    ANALYSIS_CRASH: 'The analysis ended before it was done. Try again.',
    BAD_PARAMETERS:
      'The recording cannot be analysed with the parameters that are set. Look at them, then try again.',
    NO_RECORDING: 'The session has no recording. Upload one.',
    SESSION_NOT_FOUND: 'The session is not there any more.',
    JOB_TIMEOUT: 'The analysis took too long. Try again when the server has less to do.',
    JOB_FAILED:
      'The analysis failed for a reason that only the log of the server tells. Ask whoever runs it.',
    JOB_INTERRUPTED: 'The analysis ended its server several times, and was given up. Ask whoever runs it.',
    JOB_INPUT_INVALID:
      'The analysis was asked for by another version of the program. Have it analysed again.',
    JOB_CANCELLED: 'The analysis was stopped by somebody. Have it analysed again.',
  },
  fr: {
    EMPTY: 'Le fichier est vide. Exportez-le à nouveau depuis l’appareil et vérifiez sa taille.',
    TOO_SHORT:
      'Le fichier est tronqué\u202f: même son début est incomplet. Copiez-le ou exportez-le à nouveau.',
    NOT_C3D:
      'Ce n’est pas un enregistrement C3D, EDF ou BDF. Choisissez le fichier que l’appareil a enregistré.',
    PARAM_POINTER: 'Ce n’est pas un enregistrement C3D, ou son début est abîmé. Exportez-le à nouveau.',
    PROCESSOR: 'Le début de ce fichier C3D est abîmé. Exportez-le à nouveau.',
    DATA_START:
      'Le fichier est abîmé ou tronqué\u202f: les échantillons ne sont pas à l’endroit annoncé. Copiez-le ou exportez-le à nouveau.',
    NO_FRAMES: 'Le fichier est tronqué avant son premier échantillon. Copiez-le ou exportez-le à nouveau.',
    NO_COUNTS: 'Le fichier n’indique pas son nombre de canaux. Exportez-le à nouveau.',
    PARAM_LOOP: 'Les paramètres de ce fichier sont abîmés. Exportez-le à nouveau.',
    PARAM_TYPE: 'Les paramètres de ce fichier sont abîmés. Exportez-le à nouveau.',
    PARAM_DIMS: 'Les paramètres de ce fichier sont abîmés. Exportez-le à nouveau.',
    ALLOC_LIMIT:
      'Le fichier annonce plus de données qu’il n’en contient\u202f: il est abîmé ou tronqué. Copiez-le ou exportez-le à nouveau.',
    RATE: 'Le fichier n’indique pas sa fréquence d’échantillonnage. Exportez-le à nouveau avec celle-ci.',
    SIZE_LIMIT:
      'L’enregistrement est plus grand que ce que ce serveur accepte. Enregistrez ou exportez-en un plus court.',
    NOT_EDF: 'Ce n’est pas un enregistrement EDF ou BDF. Choisissez le fichier que l’appareil a enregistré.',
    NO_SIGNALS: 'Le fichier ne contient aucun signal. Exportez-le à nouveau avec les canaux EMG.',
    RECORD_SIZE: 'Le début de ce fichier EDF est abîmé. Exportez-le à nouveau.',
    RECORD_DURATION: 'Le fichier n’indique pas la durée de ses blocs. Exportez-le à nouveau.',
    NO_RECORDS: 'Le fichier est tronqué avant son premier échantillon. Copiez-le ou exportez-le à nouveau.',
    GAP_LIMIT: 'L’essentiel de cet enregistrement manque entre ses parties. Exportez les parties une à une.',
    FORMAT_MISSING:
      'Le module qui lit ce format n’est plus installé. Adressez-vous à la personne qui gère le serveur.',
    PLUGIN_QUARANTINED:
      'Un module nécessaire a été désactivé. Adressez-vous à la personne qui gère le serveur.',
    READING_UNFINISHED:
      'La lecture de l’enregistrement n’a pas abouti. Réessayez\u202f; si cela persiste, le fichier est abîmé.',
    RECORDING_TOO_LARGE:
      'Le fichier est plus grand que ce que ce serveur accepte. Enregistrez ou exportez-en un plus court.',
    RECORDING_IN_OTHER_SESSION:
      'Cet enregistrement existe déjà, dans une séance d’un autre patient. Vérifiez à qui il appartient\u202f: rien n’a été modifié.',
    RECORDING_TAKEN:
      'Cet enregistrement existe déjà, chez un patient que vous ne suivez pas. Vérifiez à qui il appartient, ou adressez-vous à votre administrateur.',
    RECORDING_NOT_FOUND: 'L’enregistrement n’existe plus.',
    PATIENT_NOT_FOUND: 'Ce patient n’existe pas, ou n’est pas le vôtre. Choisissez à nouveau le patient.',
    BAD_FORM: 'Le fichier est arrivé incomplet. Réessayez.',
    NO_FILE: 'Le fichier est arrivé sans son contenu. Choisissez-le à nouveau.',
    FILE_UNREADABLE:
      'Cet appareil ne peut plus lire le fichier\u202f: il a été déplacé, modifié ou supprimé. Choisissez-le à nouveau.',
    BODY_TOO_SLOW:
      'La connexion était trop lente et a été interrompue. Rapprochez-vous du réseau, puis réessayez.',
    RATE_LIMITED: 'Le serveur est surchargé. Attendez une minute, puis réessayez.',
    TOO_MANY_AT_ONCE: 'Le serveur est surchargé. Attendez une minute, puis réessayez.',
    UNREACHABLE: 'La connexion a été perdue. L’envoi reprendra dès que le réseau sera rétabli.',
    ANALYSIS_FAILED:
      'L’analyse a échoué pour une raison que seul le journal du serveur indique. Adressez-vous à la personne qui le gère.',
    ANALYSIS_TIMEOUT: 'L’analyse a pris trop de temps. Réessayez quand le serveur sera moins occupé.',
    ANALYSIS_MEMORY:
      'L’analyse a demandé trop de mémoire. Enregistrez ou exportez un enregistrement plus court.',
    ANALYSIS_CRASH: 'L’analyse s’est interrompue avant la fin. Réessayez.',
    BAD_PARAMETERS:
      'L’enregistrement ne peut pas être analysé avec les paramètres choisis. Vérifiez-les, puis réessayez.',
    NO_RECORDING: 'La séance n’a pas d’enregistrement. Envoyez-en un.',
    SESSION_NOT_FOUND: 'La séance n’existe plus.',
    JOB_TIMEOUT: 'L’analyse a pris trop de temps. Réessayez quand le serveur sera moins occupé.',
    JOB_FAILED:
      'L’analyse a échoué pour une raison que seul le journal du serveur indique. Adressez-vous à la personne qui le gère.',
    JOB_INTERRUPTED:
      'L’analyse a interrompu son serveur plusieurs fois et a été abandonnée. Adressez-vous à la personne qui le gère.',
    JOB_INPUT_INVALID: 'L’analyse a été demandée par une autre version du programme. Relancez l’analyse.',
    JOB_CANCELLED: 'L’analyse a été arrêtée par quelqu’un. Relancez l’analyse.',
  },
})

const other = defineWords('recording problems, others', {
  en: { failed: (code: string) => `The analysis failed (${code}).` },
  fr: { failed: (code: string) => `L’analyse a échoué (${code}).` },
})

/** What is wrong with a request about a recording. */
export const recordingProblemText = (problem: ApiProblem): string => problemText(problem, words())

/** Why the analysis of a session has failed: by its code, else as the server says it. */
export function failureText({ code, reason }: { readonly code: string; readonly reason?: string }): string {
  const texts: ProblemTexts = words()
  const known = texts[code]
  if (known !== undefined) return known
  return language.value === 'en' && reason !== undefined ? reason : other().failed(code)
}
