/** A chosen file as the data URL that the API takes. What is in it is the server's to judge. */
export async function readPng(file: File): Promise<string> {
  const reader = new FileReader();
  const done = new Promise<void>((resolve, reject) => {
    reader.onload = () => resolve();
    reader.onerror = () => reject(reader.error ?? new Error('the file could not be read'));
  });
  reader.readAsDataURL(new Blob([file], { type: 'image/png' }));
  await done;
  return String(reader.result);
}
