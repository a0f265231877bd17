/** Whether a file is an edition by its name. */
export const isEdition = (file: string): boolean => /\.edition\.ya?ml$/i.test(file);
