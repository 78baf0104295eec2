/** A muscle's name in the one form that the server stores and compares it in. @example normalMuscle(' M.  Soleus') // 'm. soleus' */
export const normalMuscle = (name: string): string =>
  name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
